import express from 'express';
import { type Control, createControl } from './control/control.ts';
import { controlApi } from './control/control-api.ts';
import { listen } from './listen.ts';
import { createAihubmix } from './personas/aihubmix/aihubmix.ts';
import { randomSecret } from './provider/secret-ledger.ts';
import type { Lifetimes } from './provider/settings.ts';
import { DEMO_USERS, type DemoUser } from './provider/users.ts';

export type { Control, ControlClient } from './control/control.ts';
export { createControlClient } from './control/control-client.ts';
export type { GrantStats, Stats } from './control/stats.ts';
export type { Endpoint, Fault, FaultKind } from './provider/faults.ts';
export type { IssuedSecret } from './provider/secret-ledger.ts';
export type { Lifetimes } from './provider/settings.ts';
export type { SeenRequest } from './provider/traffic.ts';
export { DEMO_USERS, type DemoUser } from './provider/users.ts';

export interface EmulatorOptions {
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 0: a free port. */
  port?: number | undefined;
  /** Serve the control API under `/control`; default false. Nothing there asks who calls. */
  control?: boolean | undefined;
  /** What registers apps; default random per start. */
  developerToken?: string | undefined;
  /** Default `DEMO_USERS`. */
  users?: readonly DemoUser[] | undefined;
  /** Milliseconds since the epoch; default Date.now. */
  now?: (() => number) | undefined;
  /** Seconds; default 600 for codes, 7200 for access and 30 days for refresh tokens. */
  lifetimes?: Partial<Lifetimes> | undefined;
}

export interface PersonaHandle {
  /** What an OAuth client has as the provider's base URL. */
  baseUrl: string;
  developerToken: string;
  control: Control;
}

export interface Emulator {
  /** The origin, `http://127.0.0.1:4000`. */
  url: string;
  personas: { aihubmix: PersonaHandle };
  /** The knobs of `personas.aihubmix`. */
  control: Control;
  /** Stop at once, open connections included. */
  close: () => Promise<void>;
}

/** Start the providers on one server, each below a path of its own. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const developerToken = options.developerToken || randomSecret('dev_');
  const { lifetimes, users = DEMO_USERS, now = Date.now } = options;
  const aihubmix = createAihubmix({
    basePath: '/aihubmix',
    developerToken,
    users,
    lifetimes,
    now,
  });

  const app = express().disable('x-powered-by').disable('etag');
  if (options.control) app.use('/control', controlApi({ aihubmix: aihubmix.provider }));
  app.use('/aihubmix', aihubmix.router);
  app.get('/', (_req, res) => res.redirect('/aihubmix/account'));

  const { origin, close } = await listen(app, options);
  const control = createControl(aihubmix.provider);
  return {
    url: origin,
    personas: { aihubmix: { baseUrl: `${origin}/aihubmix`, developerToken, control } },
    control,
    close,
  };
}
