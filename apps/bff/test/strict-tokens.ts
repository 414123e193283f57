import { createHash } from 'node:crypto';
import { canary, remember } from './canaries.ts';

/** A user as AIHubMix documents it. */
export interface StrictAccount {
  id: number;
  username: string;
  email: string;
  quota: number;
  used_quota: number;
  balance_formatted: string;
  created_time: number;
  status: number;
}

interface Grant {
  account: StrictAccount;
  scope: string;
  refreshToken: string;
  revoked: boolean;
}

interface Code {
  redirectUri: string;
  scope: string;
  account: StrictAccount;
  /** The PKCE challenge (S256), where the client sent one. */
  challenge: string | null;
}

export const ALICE: StrictAccount = account(12_345, 'alice');
export const BOB: StrictAccount = account(67_890, 'bob');

/** Make a user that nobody else in the suite is. */
export function account(id: number, name: string): StrictAccount {
  const username = canary(`NAME_${name}`);
  return {
    id,
    username,
    email: `${username}@example.com`,
    quota: 1_000_000,
    used_quota: 250_000,
    balance_formatted: '750.00',
    created_time: 1_640_995_200,
    status: 1,
  };
}

/** The tokens of the strict provider: single-use codes, rotation, reuse detection. */
export class StrictTokens {
  /** `expires_in` of the answers; `null` leaves it out. */
  expiresIn: number | null = 7200;
  /** What the access token really lives, where that is not what the answer says. */
  reallyLivesMs: number | null = null;
  /** Leave `refresh_token` out of the answer to a refresh; the old one stays valid. */
  keepsRefreshToken = false;
  /** How often a refresh token was used that had been replaced: each time is a broken client. */
  reuses = 0;
  /** The refresh tokens in the order they were issued. */
  readonly issuedRefreshTokens: string[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #grants = new Map<string, Grant>();
  readonly #access = new Map<string, { grant: Grant; until: number }>();

  issueCode(options: Omit<Code, 'account'> & { account?: StrictAccount }): string {
    const code = canary('CODE');
    this.#codes.set(code, { account: ALICE, ...options });
    return code;
  }

  grant(form: URLSearchParams): { status: number; body: unknown } {
    const type = form.get('grant_type');
    if (type === 'authorization_code') return this.#exchange(form);
    if (type === 'refresh_token') return this.#refresh(form.get('refresh_token') ?? '');
    return refusal(400, 'unsupported_grant_type');
  }

  accountOf(accessToken: string): StrictAccount | undefined {
    const found = this.#access.get(accessToken);
    if (!found || found.grant.revoked || found.until <= Date.now()) return undefined;
    return found.grant.account;
  }

  /** The user takes the app's right away in the user centre. */
  revokeEverything(): void {
    for (const grant of this.#grants.values()) grant.revoked = true;
  }

  /** The access tokens end at once; the refresh tokens stay. */
  expireAccessTokens(): void {
    this.#access.clear();
  }

  #exchange(form: URLSearchParams): { status: number; body: unknown } {
    const code = form.get('code') ?? '';
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    if (!known || known.redirectUri !== form.get('redirect_uri') || !proves(form, known))
      return refusal(400, 'invalid_grant');
    const { account: of, scope } = known;
    return this.#issue({ account: of, scope, refreshToken: '', revoked: false });
  }

  #refresh(refreshToken: string): { status: number; body: unknown } {
    const grant = this.#grants.get(refreshToken);
    if (!grant) return refusal(400, 'invalid_grant');
    if (grant.refreshToken !== refreshToken) {
      this.reuses += 1;
      grant.revoked = true;
    }
    return grant.revoked ? refusal(400, 'invalid_grant') : this.#issue(grant);
  }

  #issue(grant: Grant): { status: number; body: unknown } {
    const accessToken = canary('AT');
    const lives = this.reallyLivesMs ?? (this.expiresIn ?? 7200) * 1000;
    this.#access.set(accessToken, { grant, until: Date.now() + lives });
    const kept = this.keepsRefreshToken && grant.refreshToken !== '';
    if (!kept) {
      grant.refreshToken = canary('RT');
      this.issuedRefreshTokens.push(grant.refreshToken);
      this.#grants.set(grant.refreshToken, grant);
    }
    const body = {
      access_token: accessToken,
      token_type: 'Bearer',
      ...(this.expiresIn === null ? {} : { expires_in: this.expiresIn }),
      ...(kept ? {} : { refresh_token: grant.refreshToken }),
      scope: grant.scope,
    };
    return { status: 200, body };
  }
}

function proves(form: URLSearchParams, { challenge }: Code): boolean {
  const verifier = form.get('code_verifier');
  if (challenge === null || verifier === null) return challenge === verifier;
  remember('VERIFIER', verifier);
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

export function refusal(status: number, error: string): { status: number; body: unknown } {
  return { status, body: { error, error_description: canary('DESCRIPTION') } };
}
