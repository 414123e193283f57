import type { App, AppRequest } from '../../provider/apps.ts';
import { type Grant, Grants } from '../../provider/grants.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import { Provider } from '../../provider/provider.ts';
import { randomSecret } from '../../provider/secret-ledger.ts';
import type { Whose } from '../../provider/whose.ts';
import { mintAccessCookieJwt } from './access-cookie-jwt.ts';
import { type Account, accountOf } from './account.ts';
import { Connections } from './connections.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { Libraries } from './knowledge/libraries.ts';
import { Mailbox } from './mailbox.ts';
import { OFFLINE_ACCESS } from './oauth/scope.ts';
import { initialQuirks, type Quirks } from './quirks.ts';

/** What an app is registered with. `redirectUri` is the first of its `redirectUris`. */
export interface RememberizerAppRequest extends AppRequest {
  redirectUris: readonly string[];
  /** Where the browser goes when the user cancels. */
  landingPageUrl: string;
}

export type RememberizerApp = App<RememberizerAppRequest>;

/** Stands for the client where somebody signed in with a password. */
export const ACCOUNT_API = 'account-api';

const LIFETIMES = { code: 300, accessToken: 3600, refreshToken: 30 * 24 * 3600 };
const PREFIXES = { clientId: 'rmz_', clientSecret: 'rmzs_', refreshToken: '' };

/** All that Rememberizer remembers, for OAuth clients and for its account API. */
export class RememberizerProvider extends Provider<Endpoint, Account, RememberizerAppRequest> {
  readonly paths = {
    signIn: '/sign-in',
    signOut: '/sign-out',
    home: '/knowledge',
    authorize: '/api/v1/auth/oauth2/authorize/',
  };
  readonly connections = new Connections();
  readonly libraries = new Libraries(this.now);
  readonly mailbox = new Mailbox();
  /** The sessions of the account API: their tokens are its two cookies. */
  readonly cookieGrants = new Grants({
    now: this.now,
    ledger: this.ledger,
    refreshTokenPrefix: '',
    settings: () => this.#cookieSettings(),
    mintAccessToken: (grant, expires) => this.#mintAccessCookie(grant, expires),
    givesRefreshToken: () => true,
  });
  quirks: Quirks = initialQuirks();

  constructor(options: PersonaOptions) {
    super(options, {
      endpoints: ENDPOINTS,
      users: options.users.map(accountOf),
      lifetimes: LIFETIMES,
      mintAccessToken: () => randomSecret(),
      givesRefreshToken: (grant) => grant.scope === OFFLINE_ACCESS,
      prefixes: PREFIXES,
    });
  }

  /** Find who signs in, by mail address or user name. */
  override signIn(login: string, password: string): Account | undefined {
    const name = login.trim();
    const byMail = this.users.all().find(({ email }) => email === name.toLowerCase());
    return super.signIn(byMail?.username ?? name, password);
  }

  /** Mail a code to somebody who has no good one. */
  sendVerificationCode(to: { email: string; name: string }): void {
    const now = this.now();
    if (this.mailbox.codeOf(to.email, now) !== undefined) return;
    this.mailbox.sendCode(to, { now, seconds: this.quirks.verificationCode });
  }

  /** Take back what was given: tokens, codes and cookies fall, and with them the connected app. */
  revoke(whose: Whose): void {
    this.grants.revoke(whose);
    this.cookieGrants.revoke(whose);
    this.connections.forget(whose);
  }

  expireAccessTokens(): void {
    this.grants.expireAccessTokens();
    this.cookieGrants.expireAccessTokens();
  }

  override reset(): void {
    super.reset();
    this.quirks = initialQuirks();
    for (const part of [this.connections, this.libraries, this.mailbox, this.cookieGrants]) {
      part.reset();
    }
  }

  #cookieSettings() {
    const { accessCookie, refreshCookie, refreshCookieRotation } = this.quirks;
    const lifetimes = { code: 0, accessToken: accessCookie, refreshToken: refreshCookie };
    return { lifetimes, refreshRotation: refreshCookieRotation, grantedScope: null };
  }

  #mintAccessCookie(grant: Grant, expires: number): string {
    const skew = this.quirks.clockSkew * 1000;
    const userId = this.users.named(grant.username).accountId;
    return mintAccessCookieJwt(userId, { issued: this.now() + skew, expires: expires + skew });
  }
}
