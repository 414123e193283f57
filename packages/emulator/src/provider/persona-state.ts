import { BrowserSessions } from '../pages/browser-session.ts';
import { Faults } from './faults.ts';
import { SecretLedger } from './secret-ledger.ts';
import type { Lifetimes } from './settings.ts';
import { Traffic } from './traffic.ts';
import { type DemoUser, Users } from './users.ts';

/** What the emulator gives every persona. */
export interface PersonaOptions {
  /** Where it is mounted, which is also the Path of its cookies: `/aihubmix`. */
  basePath: string;
  /** What registers apps, where a provider has a call for that. */
  developerToken: string;
  users: readonly DemoUser[];
  /** Seconds; each persona has its own for what is not given. */
  lifetimes?: Partial<Lifetimes> | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** The origin that callers use, `http://127.0.0.1:4000`; empty until the emulator listens. */
  origin: () => string;
}

interface Own<Name extends string, User, Settings> {
  /** The calls that are counted, and that a fault can be laid on. */
  endpoints: readonly Name[];
  users: readonly User[];
  /** Make the settings it starts with, and returns to at a reset. */
  initialSettings: () => Settings;
}

/** What every persona remembers, whatever its protocol is. */
export abstract class PersonaState<Name extends string, User extends DemoUser, Settings> {
  readonly basePath: string;
  readonly origin: () => string;
  readonly now: () => number;
  readonly endpoints: readonly Name[];
  readonly faults = new Faults<Name>();
  readonly traffic: Traffic<Name>;
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users<User>;
  /** Its OAuth clients. */
  abstract readonly apps: { noteSecrets(): void };
  settings: Settings;
  readonly #initialSettings: () => Settings;

  constructor(options: PersonaOptions, own: Own<Name, User, Settings>) {
    this.basePath = options.basePath;
    this.origin = options.origin;
    this.now = options.now;
    this.endpoints = own.endpoints;
    this.traffic = new Traffic(own.endpoints);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(own.users);
    this.settings = own.initialSettings();
    this.#initialSettings = own.initialSettings;
  }

  signIn(username: string, password: string): User | undefined {
    return this.users.signIn(username, password);
  }

  /** Forget all but the registered apps: a BFF that runs holds their credentials. */
  reset(): void {
    this.settings = this.#initialSettings();
    for (const part of [this.users, this.traffic, this.sessions]) part.reset();
    this.faults.clear();
    this.ledger.clear();
    this.apps.noteSecrets();
  }
}
