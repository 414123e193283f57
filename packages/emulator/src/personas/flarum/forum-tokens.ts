import { randomBytes, randomUUID } from 'node:crypto';
import type { Grant } from '../../provider/grants.ts';
import type { SecretKind, SecretLedger } from '../../provider/secret-ledger.ts';
import type { Lifetimes } from '../../provider/settings.ts';
import { isMeant, type Whose } from '../../provider/whose.ts';

/** A row of one of the three tables. */
export interface Issued {
  value: string;
  grant: Grant;
  /** At most that of the grant. */
  scope: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** Whom tokens are for; `username` is empty for those of a client alone. */
export type GrantRequest = Pick<Grant, 'clientId' | 'username' | 'scope' | 'redirectUri'>;

interface Collaborators {
  now: () => number;
  ledger: SecretLedger;
  lifetimes: () => Lifetimes;
}

type Table = 'codes' | 'accessTokens' | 'refreshTokens';

const KINDS: Record<Table, SecretKind> = {
  codes: 'code',
  accessTokens: 'access_token',
  refreshTokens: 'refresh_token',
};

/** Codes and tokens as the plugin keeps them: what was used is deleted, what has expired stays until somebody purges it. */
export class ForumTokens {
  refreshReuses = 0;
  codeReuses = 0;
  readonly #with: Collaborators;
  #grants = new Map<string, Grant>();
  #tables = emptyTables();
  #used = emptyTables();

  constructor(collaborators: Collaborators) {
    this.#with = collaborators;
  }

  reset(): void {
    this.refreshReuses = 0;
    this.codeReuses = 0;
    this.#grants.clear();
    this.#tables = emptyTables();
    this.#used = emptyTables();
  }

  open(request: GrantRequest): Grant {
    const created = this.#with.now();
    const grant = { id: randomUUID(), ...request, created, revoked: false, refreshes: 0 };
    this.#grants.set(grant.id, grant);
    return grant;
  }

  issueCode(grant: Grant): string {
    const { scope } = grant;
    return this.#issue('codes', { grant, scope }, this.#with.lifetimes().code);
  }

  issueAccess(grant: Grant, scope: string): string {
    return this.#issue('accessTokens', { grant, scope }, this.#with.lifetimes().accessToken);
  }

  issueRefresh(grant: Grant, scope: string): string {
    return this.#issue('refreshTokens', { grant, scope }, this.#with.lifetimes().refreshToken);
  }

  /** Find a code, expired or not; one that was used before is counted, and not there. */
  code(value: string): Issued | undefined {
    if (this.#used.codes.has(value)) this.codeReuses += 1;
    return this.#tables.codes.get(value);
  }

  /** Find a refresh token, likewise. */
  refreshToken(value: string): Issued | undefined {
    if (this.#used.refreshTokens.has(value)) this.refreshReuses += 1;
    return this.#tables.refreshTokens.get(value);
  }

  accessToken(value: string): Issued | undefined {
    return this.#tables.accessTokens.get(value);
  }

  hasExpired({ expires }: Issued): boolean {
    return expires <= this.#with.now();
  }

  /** Delete a code or a refresh token that has done its work. */
  use(table: 'codes' | 'refreshTokens', row: Issued): void {
    this.#tables[table].delete(row.value);
    this.#used[table].set(row.value, row);
  }

  /** Find the grant that a refresh token was ever issued for, live or not. */
  ofRefreshToken(value: string): Grant | undefined {
    const { refreshTokens } = this.#tables;
    return (refreshTokens.get(value) ?? this.#used.refreshTokens.get(value))?.grant;
  }

  all(): Grant[] {
    return [...this.#grants.values()];
  }

  /** List the grants that still have a token that works. */
  live(): Grant[] {
    const { accessTokens, refreshTokens } = this.#tables;
    const rows = [...accessTokens.values(), ...refreshTokens.values()];
    return [...new Set(rows.filter((row) => !this.hasExpired(row)).map((row) => row.grant))];
  }

  /** Count the rows of a table, and those of them that have expired. */
  count(table: Table): { all: number; expired: number } {
    const rows = [...this.#tables[table].values()];
    return { all: rows.length, expired: rows.filter((row) => this.hasExpired(row)).length };
  }

  /** Delete what has expired: all that an administrator can do about tokens. */
  purge(): void {
    this.#delete((row) => this.hasExpired(row));
  }

  /** Delete the rows of grants: nobody can at a real forum, short of its database. */
  revoke(whose: Whose): void {
    for (const grant of this.all()) if (isMeant(grant, whose)) grant.revoked = true;
    this.#delete((row) => row.grant.revoked);
  }

  expireAccessTokens(): void {
    for (const row of this.#tables.accessTokens.values()) row.expires = 0;
  }

  #issue(table: Table, of: { grant: Grant; scope: string }, seconds: number): string {
    const value = this.#with.ledger.note(KINDS[table], randomBytes(20).toString('hex'));
    const expires = this.#with.now() + seconds * 1000;
    this.#tables[table].set(value, { value, ...of, expires });
    return value;
  }

  #delete(isOver: (row: Issued) => boolean): void {
    for (const table of Object.values(this.#tables)) {
      for (const row of table.values()) if (isOver(row)) table.delete(row.value);
    }
  }
}

function emptyTables(): Record<Table, Map<string, Issued>> {
  return { codes: new Map(), accessTokens: new Map(), refreshTokens: new Map() };
}
