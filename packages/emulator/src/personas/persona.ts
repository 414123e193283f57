import type { Router } from 'express';
import type { Operations } from '../control/operation.ts';
import type { Lifetimes } from '../provider/settings.ts';
import type { DemoUser } from '../provider/users.ts';

/** What the emulator gives every persona. */
export interface PersonaOptions {
  /** Where it is mounted, which is also the Path of its cookies: `/aihubmix`. */
  basePath: string;
  developerToken: string;
  users: readonly DemoUser[];
  /** Seconds; each persona has its own for what is not given. */
  lifetimes?: Partial<Lifetimes> | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** The origin that the emulator listens at, `http://127.0.0.1:4000`; empty until it listens. */
  origin: () => string;
}

/** One provider that the emulator plays: its routes below its base path, and what tests may ask of it. */
export interface Persona<Table extends Operations> {
  router: Router;
  operations: Table;
}
