import { words } from './words.ts';

/** A row of the scope table: what a token of this scope opens. */
export interface Scope {
  scope: string;
  /** From the root of the host on: a forum in a folder has the folder in it. */
  resourcePath: string;
  method: string;
  /** Given to requests without any scope, and shown to the user in any case. */
  isDefault: boolean;
  name: string;
  /** May have `{user}` and `{client_name}` in it. */
  description: string;
  /** A Font Awesome name, or the address of a picture. */
  icon: string;
  /** Comma-separated; empty shows all fields. */
  visibleFields: string;
}

/** Scopes that exist without a row. */
const RESERVED = ['openid', 'offline_access'];

/** The row that the plugin's migration makes. Its administrator has put the forum's folder into the path: without, no token would work. */
export function userRead(basePath: string): Scope {
  return {
    scope: 'user.read',
    resourcePath: `${basePath}/api/user`,
    method: 'GET',
    isDefault: true,
    name: '获取用户信息',
    description: '访问该用户({user})的个人信息等',
    icon: 'fas fa-user',
    visibleFields: '',
  };
}

/** The scope table. */
export class Scopes {
  /** The row of the migration, as it was. */
  readonly initial: Readonly<Scope>;
  #rows = new Map<string, Scope>();

  constructor(initial: Scope) {
    this.initial = initial;
    this.reset();
  }

  reset(): void {
    this.#rows = new Map([[this.initial.scope, { ...this.initial }]]);
  }

  all(): Scope[] {
    return [...this.#rows.values()];
  }

  find(scope: string): Scope | undefined {
    return this.#rows.get(scope);
  }

  put(row: Scope): void {
    this.#rows.set(row.scope, row);
  }

  remove(scope: string): void {
    this.#rows.delete(scope);
  }

  /** Say whether all scopes of a list are in the table, or need not be. */
  exist(list: string): boolean {
    return words(list).every((scope) => this.#rows.has(scope) || RESERVED.includes(scope));
  }

  /** The scope of a request that names none; may be empty. */
  get default(): string {
    const rows = this.all().filter((row) => row.isDefault);
    return rows.map((row) => row.scope).join(' ');
  }

  /** Find the rows that a request to a path may be about: those whose path begins with it. */
  ofPath(path: string): Scope[] {
    return this.all().filter((row) => row.resourcePath.startsWith(path));
  }
}

/** Say whether all scopes of a list are in another. */
export function isWithin(list: string, available: string): boolean {
  const has = words(available);
  return words(list).every((scope) => has.includes(scope));
}
