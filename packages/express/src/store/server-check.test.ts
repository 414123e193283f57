import { pino } from 'pino';
import { expect, test } from 'vitest';
import { checkServer } from './server-check.ts';

async function said(policy: string | Error, version: string): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line).event) });
  const server = {
    async configGet() {
      if (policy instanceof Error) throw policy;
      return { 'maxmemory-policy': policy };
    },
    info: async () => `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`,
  };
  await checkServer(server, log);
  return lines;
}

test.each([
  ['noeviction', '7.0.15', []],
  ['allkeys-lru', '7.0.15', ['store.evicts']],
  ['volatile-ttl', '8.2.2', ['store.evicts']],
  ['noeviction', '5.0.14', ['store.too_old']],
  ['noeviction', '10.1.0', []],
  [new Error('NOPERM'), '7.0.15', []],
])('a server with %s, of version %s', async (policy, version, expected) => {
  expect(await said(policy, version)).toEqual(expected);
});
