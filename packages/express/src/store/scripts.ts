import { defineScript } from 'redis';

/**
 * The compare-and-set steps, as Lua: Redis runs each as one. node-redis sends the digest and loads
 * the text where a server does not know it yet.
 */
export const scripts = {
  swap: defineScript({
    SCRIPT: `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, expected: string, value: string, ttl: number) {
      parser.pushKey(key);
      parser.push(expected, value, String(ttl));
    },
    transformReply: (reply: unknown) => reply === 1,
  }),
  hold: defineScript({
    SCRIPT: `local holder = redis.call('GET', KEYS[2])
if holder == ARGV[1] or (not holder and redis.call('EXISTS', KEYS[1]) == 1) then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
end`,
    NUMBER_OF_KEYS: 2,
    parseCommand(parser, guard: string, key: string, owner: string, ttl: number) {
      parser.pushKey(guard);
      parser.pushKey(key);
      parser.push(owner, String(ttl));
    },
    transformReply: () => undefined,
  }),
  deleteIf: defineScript({
    SCRIPT: `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, value: string) {
      parser.pushKey(key);
      parser.push(value);
    },
    transformReply: (reply: unknown) => reply === 1,
  }),
  count: defineScript({
    SCRIPT: `local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count`,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, ttl: number) {
      parser.pushKey(key);
      parser.push(String(ttl));
    },
    transformReply: (reply: unknown) => Number(reply),
  }),
  addMember: defineScript({
    SCRIPT: `redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HLEN', KEYS[1])`,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, group: string, member: { name: string; value: string }, ttl: number) {
      parser.pushKey(group);
      parser.push(member.name, member.value, String(ttl));
    },
    transformReply: (reply: unknown) => Number(reply),
  }),
  replace: defineScript({
    SCRIPT: `if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'changed' end
redis.call('SET', KEYS[2], ARGV[2], 'KEEPTTL')
return 'replaced'`,
    NUMBER_OF_KEYS: 2,
    parseCommand(parser, guard: string, key: string, expected: string, value: string) {
      parser.pushKey(guard);
      parser.pushKey(key);
      parser.push(expected, value);
    },
    transformReply: (reply: unknown) => reply as 'replaced' | 'changed' | 'gone',
  }),
};
