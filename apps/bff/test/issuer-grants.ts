import { createHash } from 'node:crypto';
import { canary, remember } from './canaries.ts';

/** What somebody allowed on the issuer's pages. */
export interface Granted {
  sub: string;
  /** The session at the issuer, where it names one. */
  sid: string | undefined;
  redirectUri: string;
  nonce: string | undefined;
  /** PKCE challenge (S256), where one was sent. */
  challenge: string | undefined;
}

interface Grant extends Granted {
  refreshToken: string;
  revoked: boolean;
}

/** The codes and tokens of an issuer: codes for one use, refresh tokens that are replaced. */
export class IssuerGrants {
  /** Whether a code is bound to its verifier; issuers exist that ignore it. */
  checksPkce = true;
  /** Whether a refresh replaces the refresh token. */
  rotates = true;
  /** How often a refresh token came that had been replaced: each time is a broken client. */
  reuses = 0;
  readonly accessTokens: string[] = [];
  readonly refreshTokens: string[] = [];
  readonly #codes = new Map<string, Granted>();
  readonly #refresh = new Map<string, Grant>();
  readonly #access = new Map<string, Grant>();

  issueCode(granted: Granted): string {
    const code = canary('CODE');
    this.#codes.set(code, granted);
    return code;
  }

  /** The grant of a code (RFC 6749 section 4.1.3, RFC 7636 section 4.6); `undefined`: invalid_grant. */
  redeem(form: URLSearchParams): Grant | undefined {
    const code = form.get('code') ?? '';
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    if (!granted || granted.redirectUri !== form.get('redirect_uri')) return undefined;
    const verifier = remember('VERIFIER', form.get('code_verifier') ?? '');
    const proven = !granted.challenge || hashOf(verifier) === granted.challenge;
    if (this.checksPkce && !proven) return undefined;
    return { ...granted, refreshToken: '', revoked: false };
  }

  /** The grant of a refresh token; `undefined`: invalid_grant. */
  refresh(form: URLSearchParams): Grant | undefined {
    const token = form.get('refresh_token') ?? '';
    const grant = this.#refresh.get(token);
    if (grant && grant.refreshToken !== token) {
      this.reuses += 1;
      grant.revoked = true;
    }
    return grant?.revoked ? undefined : grant;
  }

  issue(grant: Grant): { accessToken: string; refreshToken: string | undefined } {
    const accessToken = canary('AT');
    this.accessTokens.push(accessToken);
    this.#access.set(accessToken, grant);
    if (grant.refreshToken !== '' && !this.rotates) return { accessToken, refreshToken: undefined };
    grant.refreshToken = canary('RT');
    this.refreshTokens.push(grant.refreshToken);
    this.#refresh.set(grant.refreshToken, grant);
    return { accessToken, refreshToken: grant.refreshToken };
  }

  ofAccessToken(token: string): Grant | undefined {
    const grant = this.#access.get(token);
    return grant?.revoked ? undefined : grant;
  }

  /** The access tokens end at once; the refresh tokens stay. */
  expireAccessTokens(): void {
    this.#access.clear();
  }

  /** Does it still open anything (RFC 7009)? */
  revoke(token: string): void {
    const grant = this.#refresh.get(token);
    if (grant !== undefined) grant.revoked = true;
    this.#access.delete(token);
  }
}

const hashOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
