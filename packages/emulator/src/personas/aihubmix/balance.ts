import type { DemoUser } from '../../provider/users.ts';

/** Raw units per credit that the pages show: the divisor of the documented example. */
export const UNITS_PER_CREDIT = 1000;

/** Say what is left, in credits with two decimals: `750.00`. */
export function balanceOf(user: DemoUser): string {
  return ((user.quota - user.used_quota) / UNITS_PER_CREDIT).toFixed(2);
}
