import type { Store } from './store.ts';

interface Entry {
  value: string;
  endsAt: number;
}

/**
 * Keep everything in this process: for development and tests. A restart forgets it, and other
 * processes do not see it.
 * @param now clock in milliseconds since the epoch
 */
export function memoryStore(now: () => number = Date.now): Store {
  const entries = new Map<string, Entry>();

  const read = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.endsAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const write = (key: string, value: string, ttl: number) => {
    entries.set(key, { value, endsAt: now() + ttl });
  };
  const groupOf = (key: string): Record<string, string> => JSON.parse(read(key)?.value ?? '{}');
  // What is never read again would stay for ever.
  const sweeper = setInterval(() => {
    for (const key of entries.keys()) read(key);
  }, 60_000);
  sweeper.unref();

  return {
    get: async (key) => read(key)?.value ?? null,
    remaining: async (key) => Math.max(0, (read(key)?.endsAt ?? 0) - now()),
    set: async (key, value, ttl) => write(key, value, ttl),
    async claim(key, value, ttl) {
      if (read(key) !== undefined) return false;
      write(key, value, ttl);
      return true;
    },
    async extend(keys, ttl) {
      for (const key of keys) {
        const entry = read(key);
        if (entry !== undefined) entry.endsAt = now() + ttl;
      }
    },
    async swap(key, expected, value, ttl) {
      if (read(key)?.value !== expected) return false;
      write(key, value, ttl);
      return true;
    },
    async hold({ guard, key, owner }, ttl) {
      const holder = read(key)?.value;
      if (holder === owner || (holder === undefined && read(guard))) write(key, owner, ttl);
    },
    async deleteIf(key, value) {
      return read(key)?.value === value && entries.delete(key);
    },
    async count(key, ttl) {
      const entry = read(key);
      if (entry === undefined) write(key, '1', ttl);
      else entry.value = String(Number(entry.value) + 1);
      return Number(read(key)?.value);
    },
    async delete(keys) {
      for (const key of keys) entries.delete(key);
    },
    async replace({ guard, key, expected, value }) {
      if (read(guard) === undefined) return 'gone';
      const entry = read(key);
      if (entry?.value !== expected) return 'changed';
      entry.value = value;
      return 'replaced';
    },
    async addMember(group, { name, value }, ttl) {
      const members = { ...groupOf(group), [name]: value };
      write(group, JSON.stringify(members), ttl);
      return Object.keys(members).length;
    },
    members: async (group) => groupOf(group),
    async removeMembers(group, names) {
      const entry = read(group);
      if (entry === undefined) return;
      const left = Object.entries(groupOf(group)).filter(([name]) => !names.includes(name));
      if (left.length === 0) entries.delete(group);
      else entry.value = JSON.stringify(Object.fromEntries(left));
    },
    backFor: () => Number.POSITIVE_INFINITY,
    ping: async () => {},
    async close() {
      clearInterval(sweeper);
      entries.clear();
    },
  };
}
