import { BrowserSessions } from '../pages/browser-session.ts';
import { type App, type AppRequest, Apps } from './apps.ts';
import { Faults } from './faults.ts';
import { type Grant, Grants } from './grants.ts';
import { SecretLedger } from './secret-ledger.ts';
import { initialSettings, type Lifetimes, type Settings } from './settings.ts';
import { Topups } from './topups.ts';
import { Traffic } from './traffic.ts';
import { type DemoUser, Users } from './users.ts';

/** What tells one persona's state from another's. */
export interface ProviderOptions {
  /** Where it is mounted, which is also the Path of its cookie: `/aihubmix`. */
  basePath: string;
  developerToken: string;
  users: readonly DemoUser[];
  lifetimes: Lifetimes;
  /** Milliseconds since the epoch. */
  now: () => number;
  mintAccessToken: (grant: Grant, expires: number) => string;
}

/** All that one persona remembers; its routes and the control operations work on it. */
export class Provider {
  readonly basePath: string;
  readonly developerToken: string;
  readonly now: () => number;
  readonly apps = new Apps();
  readonly faults = new Faults();
  readonly topups = new Topups();
  readonly traffic = new Traffic();
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users;
  readonly grants: Grants;
  settings: Settings;
  readonly #lifetimes: Lifetimes;

  constructor(options: ProviderOptions) {
    this.basePath = options.basePath;
    this.developerToken = options.developerToken;
    this.now = options.now;
    this.#lifetimes = options.lifetimes;
    this.settings = initialSettings(options.lifetimes);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(options.users);
    this.grants = new Grants({
      now: options.now,
      ledger: this.ledger,
      settings: () => this.settings,
      mintAccessToken: options.mintAccessToken,
    });
  }

  registerApp(request: AppRequest): App {
    const app = this.apps.register(request, this.now());
    this.ledger.note('client_secret', app.clientSecret);
    return app;
  }

  /** Forget all but the registered apps: a BFF that runs holds their credentials. */
  reset(): void {
    this.settings = initialSettings(this.#lifetimes);
    for (const part of [this.users, this.grants, this.topups, this.traffic, this.sessions]) {
      part.reset();
    }
    this.faults.clear();
    this.ledger.clear();
    for (const app of this.apps.all()) this.ledger.note('client_secret', app.clientSecret);
  }
}
