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

/** Two people; the first has the very figures of the provider's documented example. */
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

/** Raw units per credit that the pages show: the divisor of the documented example. */
export const UNITS_PER_CREDIT = 1000;

/** Say what is left, in credits with two decimals: `750.00`. */
export function balanceOf(user: DemoUser): string {
  return ((user.quota - user.used_quota) / UNITS_PER_CREDIT).toFixed(2);
}

/** The accounts, by user name. */
export class Users {
  readonly #initial: readonly DemoUser[];
  #users = new Map<string, DemoUser>();

  constructor(initial: readonly DemoUser[]) {
    this.#initial = initial;
    this.reset();
  }

  reset(): void {
    this.#users = new Map(this.#initial.map((user) => [user.username, { ...user }]));
  }

  all(): DemoUser[] {
    return [...this.#users.values()];
  }

  find(username: string): DemoUser | undefined {
    return this.#users.get(username);
  }

  signIn(username: string, password: string): DemoUser | undefined {
    const user = this.find(username.trim());
    return user !== undefined && sameSecret(password, user.password) ? user : undefined;
  }
}
