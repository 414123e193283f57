import { isMeant, type Whose } from '../../provider/whose.ts';
import type { Store } from './store.ts';

/** What one person allowed one app at one login, from the code on to the last of its tokens. */
export interface GrantRecord {
  id: string;
  username: string;
  clientId: string;
  scope: string;
  /** The sign-in session here that it began in. */
  sessionUid: string;
  /** Milliseconds since the epoch. */
  created: number;
  revoked: boolean;
  /** Refreshes that were answered with new tokens. */
  refreshes: number;
}

/** What became of each grant: the library forgets what is over, a test wants to know of it. */
export class GrantBook {
  refreshReuses = 0;
  codeReuses = 0;
  readonly #store: Store;
  #grants = new Map<string, GrantRecord>();
  #ofRefreshToken = new Map<string, string>();
  #spent = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  reset(): void {
    this.refreshReuses = 0;
    this.codeReuses = 0;
    for (const part of [this.#grants, this.#ofRefreshToken, this.#spent]) part.clear();
  }

  open(grant: Omit<GrantRecord, 'revoked' | 'refreshes'>): void {
    this.#grants.set(grant.id, { ...grant, revoked: false, refreshes: 0 });
  }

  noteRefreshToken(token: string, grantId: string): void {
    this.#ofRefreshToken.set(token, grantId);
  }

  noteRefresh(grantId: string): void {
    const grant = this.#grants.get(grantId);
    if (grant !== undefined) grant.refreshes += 1;
  }

  /** A code or a refresh token was used up. */
  noteSpent(value: string): void {
    this.#spent.add(value);
  }

  /** The token endpoint refused this code, or this refresh token. */
  noteRefusal({ code = '', refreshToken = '' }: { code?: string; refreshToken?: string }): void {
    if (this.#spent.has(code)) this.codeReuses += 1;
    if (this.#spent.has(refreshToken)) this.refreshReuses += 1;
  }

  noteRevoked(grantId: string): void {
    const grant = this.#grants.get(grantId);
    if (grant !== undefined) grant.revoked = true;
  }

  /** Find the grant that a refresh token was ever issued for, live or not. */
  ofRefreshToken(token: string): GrantRecord | undefined {
    return this.#grants.get(this.#ofRefreshToken.get(token) ?? '');
  }

  all(): GrantRecord[] {
    return [...this.#grants.values()];
  }

  /** List the grants that still have a token that works. */
  live(): GrantRecord[] {
    const tokens = [...this.#store.all('AccessToken'), ...this.#store.all('RefreshToken')];
    const working = new Set(tokens.filter((one) => !one.consumed).map((one) => one.grantId));
    return this.all().filter(({ id, revoked }) => !revoked && working.has(id));
  }

  /** Revoke grants, and say which; outstanding codes go with them. */
  revoke(whose: Whose): GrantRecord[] {
    const revoked = this.all().filter((grant) => isMeant(grant, whose));
    for (const grant of revoked) this.#revoke(grant);
    return revoked;
  }

  /** Revoke what was to last no longer than a sign-in session that is over. */
  endSession(uid: string): void {
    for (const grant of this.#grants.values()) {
      const lasts = grant.scope.split(' ').includes('offline_access');
      if (grant.sessionUid === uid && !lasts) this.#revoke(grant);
    }
  }

  expireAccessTokens(): void {
    this.#store.drop('AccessToken');
  }

  #revoke(grant: GrantRecord): void {
    grant.revoked = true;
    this.#store.revokeGrant(grant.id);
  }
}
