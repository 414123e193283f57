import { randomBytes } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { BrowserSessions } from '../../pages/browser-session.ts';
import { Apps } from '../../provider/apps.ts';
import { Faults } from '../../provider/faults.ts';
import { SecretLedger } from '../../provider/secret-ledger.ts';
import { Traffic } from '../../provider/traffic.ts';
import { Users } from '../../provider/users.ts';
import type { PersonaOptions } from '../persona.ts';
import { Consents } from './consents.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { Forgeries } from './forgeries/forgeries.ts';
import { GrantBook, type Whose } from './grant-book.ts';
import type { OidcApp, OidcAppRequest } from './oidc-app.ts';
import { type OidcUser, oidcUser } from './oidc-user.ts';
import { initialSettings, type OidcLifetimes, type OidcSettings } from './settings.ts';
import { newSigningKey, type SigningKey, SigningKeys } from './signing-keys.ts';
import { Store } from './store.ts';

const DAY = 24 * 3600;
const LIFETIMES = { code: 60, accessToken: 3600, idToken: 3600, refreshToken: 14 * DAY };

/** All that this persona remembers, the library's memory included. */
export class Issuer {
  readonly basePath: string;
  readonly apps = new Apps<OidcAppRequest>({ clientId: '', clientSecret: '' });
  readonly faults = new Faults<Endpoint>();
  readonly traffic = new Traffic(ENDPOINTS);
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users<OidcUser>;
  readonly store = new Store();
  readonly consents = new Consents();
  readonly grants = new GrantBook(this.store);
  readonly forgeries = new Forgeries();
  readonly keys = new SigningKeys();
  /** What the cookies of the sign-in session are signed with. */
  readonly cookieKey = randomBytes(32).toString('base64url');
  settings: OidcSettings;
  readonly #origin: () => string;
  readonly #now: () => number;
  readonly #lifetimes: OidcLifetimes;
  readonly #build: (issuer: Issuer) => Promise<Provider>;
  #provider: Promise<Provider> | undefined;
  #attacker: Promise<SigningKey> | undefined;

  /** @param build makes the library's provider of what is here */
  constructor(options: PersonaOptions, build: (issuer: Issuer) => Promise<Provider>) {
    this.basePath = options.basePath;
    this.#origin = options.origin;
    this.#now = options.now;
    this.#build = build;
    this.#lifetimes = { ...LIFETIMES, ...options.lifetimes };
    this.settings = initialSettings(this.#lifetimes);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(options.users.map(oidcUser));
  }

  /** The issuer identifier, and what all endpoints are below. */
  get url(): string {
    return this.#origin() + this.basePath;
  }

  /** Seconds that the clock is ahead of the machine's. */
  get clockOffset(): number {
    return Math.round((this.#now() - Date.now()) / 1000) + this.settings.clockSkew;
  }

  /** The library's provider: made when it is first needed, as the origin is known only then. */
  provider(): Promise<Provider> {
    this.#provider ??= this.#build(this);
    return this.#provider;
  }

  /** Make the provider anew for the next request: it takes keys and policies as they are once. */
  rebuild(): void {
    this.#provider = undefined;
  }

  /** The key of somebody who is not us. */
  attacker(): Promise<SigningKey> {
    this.#attacker ??= newSigningKey();
    return this.#attacker;
  }

  userOf(sub: string | undefined): OidcUser | undefined {
    return this.users.all().find((user) => user.sub === sub);
  }

  registerApp(request: OidcAppRequest): OidcApp {
    const app = this.apps.register(request, this.#now());
    this.ledger.note('client_secret', app.clientSecret);
    return app;
  }

  /** Take back what people allowed, and ask them again the next time. */
  revokeGrants(whose: Whose): void {
    for (const { username, clientId } of this.grants.revoke(whose)) {
      this.consents.forget(this.users.find(username)?.sub ?? '', clientId);
    }
  }

  /** Forget all but the registered apps and the keys: a relying party that runs holds both. */
  reset(): void {
    this.settings = initialSettings(this.#lifetimes);
    for (const part of [this.users, this.grants, this.traffic, this.sessions]) part.reset();
    for (const part of [this.store, this.consents, this.faults, this.forgeries, this.ledger]) {
      part.clear();
    }
    for (const app of this.apps.all()) this.ledger.note('client_secret', app.clientSecret);
    this.rebuild();
  }
}
