import { sameSecret } from './same-secret.ts';

/** A person with an account at the provider. Quotas are raw units, times are unix seconds. */
export interface DemoUser {
  id: number;
  username: string;
  password: string;
  email: string;
  quota: number;
  used_quota: number;
  created_time: number;
  status: number;
  /** May register OAuth apps in the console. */
  developer: boolean;
}

/** Two people; the first has the very figures of AIHubMix's documented example. */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    id: 12345,
    username: 'yating',
    password: 'moonlight-oolong',
    email: 'yating@example.com',
    quota: 1_000_000,
    used_quota: 250_000,
    created_time: 1_640_995_200,
    status: 1,
    developer: false,
  },
  {
    id: 20418,
    username: 'weichen',
    password: 'harbour-bicycle',
    email: 'weichen@example.com',
    quota: 88_000,
    used_quota: 46_240,
    created_time: 1_709_251_200,
    status: 1,
    developer: true,
  },
];

/** A control operation names somebody who has no account. */
export class UnknownUser extends Error {
  constructor(username: string) {
    super(`there is no user ${username}`);
  }
}

/** The accounts, by user name; a persona's users may have fields of its own. */
export class Users<User extends DemoUser = DemoUser> {
  readonly #initial: readonly User[];
  #users = new Map<string, User>();

  constructor(initial: readonly User[]) {
    this.#initial = initial;
    this.reset();
  }

  reset(): void {
    this.#users = new Map(this.#initial.map((user) => [user.username, { ...user }]));
  }

  all(): User[] {
    return [...this.#users.values()];
  }

  /** Take somebody in who signs up; a reset forgets them. */
  add(user: User): void {
    this.#users.set(user.username, user);
  }

  find(username: string): User | undefined {
    return this.#users.get(username);
  }

  /** Find somebody whom a control operation names; throws `UnknownUser`. */
  named(username: string): User {
    const user = this.find(username);
    if (user === undefined) throw new UnknownUser(username);
    return user;
  }

  signIn(username: string, password: string): User | undefined {
    const user = this.find(username.trim());
    return user !== undefined && sameSecret(password, user.password) ? user : undefined;
  }
}
