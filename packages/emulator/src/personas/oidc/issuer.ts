import { randomBytes } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { Apps } from '../../provider/apps.ts';
import { type PersonaOptions, PersonaState } from '../../provider/persona-state.ts';
import type { Whose } from '../../provider/whose.ts';
import { Consents } from './consents.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { Forgeries } from './forgeries/forgeries.ts';
import { GrantBook } from './grant-book.ts';
import type { OidcAppRequest } from './oidc-app.ts';
import { type OidcUser, oidcUser } from './oidc-user.ts';
import { initialSettings, type OidcSettings } from './settings.ts';
import { newSigningKey, type SigningKey, SigningKeys } from './signing-keys.ts';
import { Store } from './store.ts';

const DAY = 24 * 3600;
const LIFETIMES = { code: 60, accessToken: 3600, idToken: 3600, refreshToken: 14 * DAY };

/** All that this persona remembers, the library's memory included. */
export class Issuer extends PersonaState<Endpoint, OidcUser, OidcSettings> {
  readonly apps = new Apps<OidcAppRequest>({ ledger: this.ledger, now: this.now });
  readonly store = new Store();
  readonly consents = new Consents();
  readonly grants = new GrantBook(this.store);
  readonly forgeries = new Forgeries();
  readonly keys = new SigningKeys();
  /** What the cookies of the sign-in session are signed with. */
  readonly cookieKey = randomBytes(32).toString('base64url');
  readonly #build: (issuer: Issuer) => Promise<Provider>;
  #provider: Promise<Provider> | undefined;
  #attacker: Promise<SigningKey> | undefined;

  /** @param build makes the library's provider of what is here */
  constructor(options: PersonaOptions, build: (issuer: Issuer) => Promise<Provider>) {
    const lifetimes = { ...LIFETIMES, ...options.lifetimes };
    super(options, {
      endpoints: ENDPOINTS,
      users: options.users.map(oidcUser),
      initialSettings: () => initialSettings(lifetimes),
    });
    this.#build = build;
  }

  /** The issuer identifier, and what all endpoints are below. */
  get url(): string {
    return this.origin() + this.basePath;
  }

  /** Seconds that the clock is ahead of the machine's. */
  get clockOffset(): number {
    return Math.round((this.now() - Date.now()) / 1000) + this.settings.clockSkew;
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

  /** Take back what people allowed, and ask them again the next time. */
  revokeGrants(whose: Whose): void {
    for (const { username, clientId } of this.grants.revoke(whose)) {
      this.consents.forget(this.users.find(username)?.sub ?? '', clientId);
    }
  }

  /** The keys stay, as the apps do: a relying party that runs holds both. */
  override reset(): void {
    super.reset();
    this.grants.reset();
    for (const part of [this.store, this.consents, this.forgeries]) part.clear();
    this.rebuild();
  }
}
