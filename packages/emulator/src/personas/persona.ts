import type { Router } from 'express';
import type { Provider } from '../provider/provider.ts';
import type { Lifetimes } from '../provider/settings.ts';
import type { DemoUser } from '../provider/users.ts';

/** What the emulator gives every persona. */
export interface PersonaOptions {
  basePath: string;
  developerToken: string;
  users: readonly DemoUser[];
  lifetimes?: Partial<Lifetimes> | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** One provider that the emulator plays: what it remembers, and its routes below its base path. */
export interface Persona {
  provider: Provider;
  router: Router;
}
