import express from 'express';
import { type ControlClientOf, type ControlOf, createControl } from './control/control.ts';
import { controlApi } from './control/control-api.ts';
import type { Operations } from './control/operation.ts';
import type { Stats as StatsOf } from './control/stats.ts';
import { listen } from './listen.ts';
import type { Endpoint } from './personas/aihubmix/endpoints.ts';
import type { Persona } from './personas/persona.ts';
import {
  type OperationsOf,
  PERSONA_NAMES,
  PERSONAS,
  type PersonaName,
} from './personas/personas.ts';
import { playbill } from './playbill/playbill.ts';
import { randomSecret } from './provider/secret-ledger.ts';
import type { Lifetimes } from './provider/settings.ts';
import { DEMO_USERS, type DemoUser } from './provider/users.ts';

export { createControlClient } from './control/control-client.ts';
export type { GrantStats } from './control/stats.ts';
export type { Endpoint } from './personas/aihubmix/endpoints.ts';
export type { PersonaName } from './personas/personas.ts';
export type { Fault, FaultKind } from './provider/faults.ts';
export type { IssuedSecret } from './provider/secret-ledger.ts';
export type { Lifetimes } from './provider/settings.ts';
export type { SeenRequest } from './provider/traffic.ts';
export { DEMO_USERS, type DemoUser } from './provider/users.ts';

export interface EmulatorOptions {
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 0: a free port. */
  port?: number | undefined;
  /** The origin that callers use, where it is not the address to listen at: in a container. */
  publicUrl?: string | undefined;
  /** Serve the control API under `/control`; default false. Nothing there asks who calls. */
  control?: boolean | undefined;
  /** What registers apps at AIHubMix; default random per start. */
  developerToken?: string | undefined;
  /** Default `DEMO_USERS`. */
  users?: readonly DemoUser[] | undefined;
  /** Milliseconds since the epoch; default Date.now. */
  now?: (() => number) | undefined;
  /** Seconds; what is not given is as each provider has it. */
  lifetimes?: Partial<Lifetimes> | undefined;
}

/** The knobs of a persona. */
export type Control<Name extends PersonaName = 'aihubmix'> = ControlOf<OperationsOf<Name>>;

/** The same knobs from another process. */
export type ControlClient<Name extends PersonaName = 'aihubmix'> = ControlClientOf<
  OperationsOf<Name>
>;

/** What happened at a persona since the last reset. */
export type Stats = StatsOf<Endpoint>;

export interface PersonaHandle<Name extends PersonaName> {
  /** What a client has as the provider's base URL; of `oidc` it is the issuer. */
  baseUrl: string;
  /** What registers apps at AIHubMix; no other persona takes one. */
  developerToken: string;
  control: Control<Name>;
}

export interface Emulator {
  /** The origin that callers use, `http://127.0.0.1:4000`. */
  url: string;
  personas: { [Name in PersonaName]: PersonaHandle<Name> };
  /** The knobs of `personas.aihubmix`. */
  control: Control;
  /** Stop at once, open connections included. */
  close: () => Promise<void>;
}

/** Start the providers on one server, each below a path of its own. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const developerToken = options.developerToken || randomSecret('dev_');
  const { lifetimes, users = DEMO_USERS, now = Date.now } = options;
  let url = '';
  const common = { developerToken, users, lifetimes, now, origin: () => url };
  const personas = Object.entries(PERSONAS).map(([name, create]) => {
    const persona: Persona<Operations> = create({ ...common, basePath: `/${name}` });
    return { name, ...persona };
  });

  const app = express().disable('x-powered-by').disable('etag');
  const tables = personas.map(({ name, operations }) => [name, operations]);
  if (options.control) app.use('/control', controlApi(Object.fromEntries(tables)));
  for (const { name, router } of personas) app.use(`/${name}`, router);
  app.use(
    playbill({
      personas: PERSONA_NAMES,
      users,
      control: options.control ?? false,
      origin: () => url,
    }),
  );

  const { origin, close } = await listen(app, options);
  url = options.publicUrl ? new URL(options.publicUrl).origin : origin;
  const handles = personas.map(({ name, operations }) => {
    return [
      name,
      { baseUrl: `${url}/${name}`, developerToken, control: createControl(operations) },
    ];
  });
  const byName = Object.fromEntries(handles) as Emulator['personas'];
  return { url, personas: byName, control: byName.aihubmix.control, close };
}
