import { randomUUID } from 'node:crypto';
import { randomSecret, type SecretLedger } from './secret-ledger.ts';
import type { Settings } from './settings.ts';
import { isMeant, type Whose } from './whose.ts';

/** What one person allowed one app, from the code on to the last of its tokens. */
export interface Grant {
  id: string;
  clientId: string;
  username: string;
  scope: string;
  /** Where the code went; empty for a grant without one. */
  redirectUri: string;
  /** Milliseconds since the epoch. */
  created: number;
  revoked: boolean;
  /** Refreshes that were answered with new tokens. */
  refreshes: number;
}

interface Code {
  grant: Grant;
  expires: number;
  used: boolean;
}

interface Token {
  grant: Grant;
  expires: number;
  /** A refresh token that was replaced: whoever sends it again is not the only one who has it. */
  rotated: boolean;
}

export interface TokenSet {
  accessToken: string;
  /** Absent in the answer of a refresh while rotation is off, and where the grant gives none. */
  refreshToken?: string;
  expiresIn: number;
  scope: string;
}

/** An `invalid_grant` (RFC 6749 section 5.2), and why. */
export interface GrantRefusal {
  refused: string;
}

interface Collaborators {
  now: () => number;
  ledger: SecretLedger;
  settings: () => Settings;
  refreshTokenPrefix: string;
  mintAccessToken: (grant: Grant, expires: number) => string;
  givesRefreshToken: (grant: Grant) => boolean;
}

type Allowed = Pick<Grant, 'clientId' | 'username' | 'scope' | 'redirectUri'>;

/** Codes and tokens in memory: each belongs to a grant, and falls with it. */
export class Grants {
  refreshReuses = 0;
  codeReuses = 0;
  readonly #with: Collaborators;
  #grants = new Map<string, Grant>();
  #codes = new Map<string, Code>();
  #access = new Map<string, Token>();
  #refresh = new Map<string, Token>();

  constructor(collaborators: Collaborators) {
    this.#with = collaborators;
  }

  reset(): void {
    this.refreshReuses = 0;
    this.codeReuses = 0;
    for (const map of [this.#grants, this.#codes, this.#access, this.#refresh]) map.clear();
  }

  issueCode(allowed: Allowed): string {
    const grant = this.#open(allowed);
    const code = this.#with.ledger.note('code', randomSecret());
    const expires = grant.created + this.#with.settings().lifetimes.code * 1000;
    this.#codes.set(code, { grant, expires, used: false });
    return code;
  }

  /** Give tokens without a code: to somebody who signed in with a password. */
  issueTokens(allowed: Omit<Allowed, 'redirectUri'>): TokenSet {
    return this.#issueTokens(this.#open({ ...allowed, redirectUri: '' }));
  }

  /** Take a code once; a second time revokes what the first gave (RFC 6749 section 4.1.2). */
  redeemCode(request: {
    code: string;
    clientId: string;
    redirectUri: string;
  }): TokenSet | GrantRefusal {
    const code = this.#codes.get(request.code);
    if (code === undefined || code.grant.clientId !== request.clientId) {
      return { refused: 'unknown code' };
    }
    if (code.used) {
      this.codeReuses += 1;
      code.grant.revoked = true;
      return { refused: 'this code was used before' };
    }
    if (code.grant.redirectUri !== request.redirectUri) return { refused: 'another redirect_uri' };
    code.used = true;
    if (code.expires <= this.#with.now()) return { refused: 'this code has expired' };
    if (code.grant.revoked) return { refused: 'the user revoked this grant' };
    return this.#issueTokens(code.grant);
  }

  /** Take a refresh token; one that was replaced revokes its whole grant (RFC 9700 section 4.14.2). */
  refresh(request: { refreshToken: string; clientId: string }): TokenSet | GrantRefusal {
    const token = this.#refresh.get(request.refreshToken);
    if (token === undefined || token.grant.clientId !== request.clientId) {
      return { refused: 'unknown refresh token' };
    }
    if (token.rotated) {
      this.refreshReuses += 1;
      token.grant.revoked = true;
      return { refused: 'this refresh token was used before' };
    }
    if (token.grant.revoked) return { refused: 'the user revoked this grant' };
    if (token.expires <= this.#with.now()) return { refused: 'this refresh token has expired' };
    return this.#renew(token);
  }

  #open(allowed: Allowed): Grant {
    const created = this.#with.now();
    const grant = { id: randomUUID(), ...allowed, created, revoked: false, refreshes: 0 };
    this.#grants.set(grant.id, grant);
    return grant;
  }

  #issueTokens(grant: Grant): TokenSet {
    const access = this.#issueAccess(grant);
    if (!this.#with.givesRefreshToken(grant)) return access;
    return { ...access, refreshToken: this.#issueRefresh(grant) };
  }

  #renew(token: Token): TokenSet {
    token.grant.refreshes += 1;
    const access = this.#issueAccess(token.grant);
    if (!this.#with.settings().refreshRotation) return access;
    token.rotated = true;
    return { ...access, refreshToken: this.#issueRefresh(token.grant) };
  }

  #issueAccess(grant: Grant): Omit<TokenSet, 'refreshToken'> {
    const expiresIn = this.#with.settings().lifetimes.accessToken;
    const expires = this.#with.now() + expiresIn * 1000;
    const accessToken = this.#with.mintAccessToken(grant, expires);
    this.#with.ledger.note('access_token', accessToken);
    this.#access.set(accessToken, { grant, expires, rotated: false });
    return { accessToken, expiresIn, scope: grant.scope };
  }

  #issueRefresh(grant: Grant): string {
    const random = randomSecret(this.#with.refreshTokenPrefix);
    const refreshToken = this.#with.ledger.note('refresh_token', random);
    const expires = this.#with.now() + this.#with.settings().lifetimes.refreshToken * 1000;
    this.#refresh.set(refreshToken, { grant, expires, rotated: false });
    return refreshToken;
  }

  /** Find the grant behind a live access token. */
  ofAccessToken(accessToken: string): Grant | undefined {
    const token = this.#access.get(accessToken);
    return token !== undefined && this.#isLive(token) ? token.grant : undefined;
  }

  /** Find the grant that a refresh token was ever issued for, live or not. */
  ofRefreshToken(refreshToken: string): Grant | undefined {
    return this.#refresh.get(refreshToken)?.grant;
  }

  /** List the grants that still have a token that works. */
  live(): Grant[] {
    const tokens = [...this.#access.values(), ...this.#refresh.values()];
    return [...new Set(tokens.filter((token) => this.#isLive(token)).map((token) => token.grant))];
  }

  all(): Grant[] {
    return [...this.#grants.values()];
  }

  /** Revoke grants; outstanding codes go with them. */
  revoke(whose: Whose): void {
    for (const grant of this.all()) if (isMeant(grant, whose)) grant.revoked = true;
  }

  expireAccessTokens(): void {
    this.#access.clear();
  }

  #isLive(token: Token): boolean {
    return !token.rotated && !token.grant.revoked && token.expires > this.#with.now();
  }
}
