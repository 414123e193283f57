import { BrowserSessions } from '../pages/browser-session.ts';
import { type App, type AppRequest, Apps } from './apps.ts';
import { Faults } from './faults.ts';
import { type Grant, Grants } from './grants.ts';
import { SecretLedger } from './secret-ledger.ts';
import { initialSettings, type Lifetimes, type Settings } from './settings.ts';
import { Traffic } from './traffic.ts';
import { type DemoUser, Users } from './users.ts';

/** What random strings begin with. */
interface Prefixes {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

const NO_PREFIXES: Prefixes = { clientId: '', clientSecret: '', refreshToken: '' };

/** What tells one persona's state from another's. */
export interface ProviderOptions<Name extends string, User extends DemoUser> {
  /** The calls that are counted, and that a fault can be laid on. */
  endpoints: readonly Name[];
  /** Where it is mounted, which is also the Path of its cookie: `/aihubmix`. */
  basePath: string;
  developerToken: string;
  users: readonly User[];
  lifetimes: Lifetimes;
  /** Milliseconds since the epoch. */
  now: () => number;
  mintAccessToken: (grant: Grant, expires: number) => string;
  /** Default: every grant gets one. */
  givesRefreshToken?: ((grant: Grant) => boolean) | undefined;
  /** What the provider's documents show before its random strings; default nothing. */
  prefixes?: Partial<Prefixes> | undefined;
}

/** All that one persona remembers; its routes and the control operations work on it. */
export class Provider<
  Name extends string,
  User extends DemoUser = DemoUser,
  Request extends AppRequest = AppRequest,
> {
  readonly endpoints: readonly Name[];
  readonly basePath: string;
  readonly developerToken: string;
  readonly now: () => number;
  readonly apps: Apps<Request>;
  readonly faults = new Faults<Name>();
  readonly traffic: Traffic<Name>;
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users<User>;
  readonly grants: Grants;
  settings: Settings;
  readonly #lifetimes: Lifetimes;

  constructor(options: ProviderOptions<Name, User>) {
    const prefixes = { ...NO_PREFIXES, ...options.prefixes };
    this.endpoints = options.endpoints;
    this.basePath = options.basePath;
    this.developerToken = options.developerToken;
    this.now = options.now;
    this.#lifetimes = options.lifetimes;
    this.apps = new Apps(prefixes);
    this.settings = initialSettings(options.lifetimes);
    this.traffic = new Traffic(options.endpoints);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(options.users);
    this.grants = new Grants({
      now: options.now,
      ledger: this.ledger,
      refreshTokenPrefix: prefixes.refreshToken,
      settings: () => this.settings,
      mintAccessToken: options.mintAccessToken,
      givesRefreshToken: options.givesRefreshToken ?? (() => true),
    });
  }

  registerApp(request: Request): App<Request> {
    const app = this.apps.register(request, this.now());
    this.ledger.note('client_secret', app.clientSecret);
    return app;
  }

  /** Forget all but the registered apps: a BFF that runs holds their credentials. */
  reset(): void {
    this.settings = initialSettings(this.#lifetimes);
    for (const part of [this.users, this.grants, this.traffic, this.sessions]) part.reset();
    this.faults.clear();
    this.ledger.clear();
    for (const app of this.apps.all()) this.ledger.note('client_secret', app.clientSecret);
  }
}
