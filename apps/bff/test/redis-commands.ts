/** What any login takes: on one server, and on each of several. */
export const LOGIN_COMMANDS = [
  'del',
  'eval',
  'evalsha',
  'exists',
  'get',
  'hdel',
  'hgetall',
  'hlen',
  'hset',
  'pexpire',
  'ping',
  'pttl',
  'set',
];
/** What it must allow besides: tried out at the start, and used where people sign in with passwords. */
const PASSWORD_COMMANDS = ['incr'];
/** All that Redis must allow the user of Cloakroom, of keys with its prefix. */
export const DATA_COMMANDS = [...LOGIN_COMMANDS, ...PASSWORD_COMMANDS];
/** What a cluster must allow besides. */
export const CLUSTER_COMMANDS = ['cluster|slots'];
/** What sentinels must allow, and every channel. */
export const SENTINEL_COMMANDS = [
  'psubscribe',
  'sentinel|master',
  'sentinel|replicas',
  'sentinel|sentinels',
];
/** Asked for once, and not needed: the policy of eviction, and to name the client. */
export const OPTIONAL_COMMANDS = ['config|get', 'client|setinfo'];

/** As rules of an ACL. */
export function allowing(commands: readonly string[]): string[] {
  return commands.map((name) => `+${name}`);
}
