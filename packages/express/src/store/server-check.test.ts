import { pino } from 'pino';
import { expect, test } from 'vitest';
import { checkServer } from './server-check.ts';

async function said(policy: string | Error): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line).event) });
  await checkServer(
    {
      async configGet() {
        if (policy instanceof Error) throw policy;
        return { 'maxmemory-policy': policy };
      },
    },
    log,
  );
  return lines;
}

test.each([
  ['noeviction', []],
  ['allkeys-lru', ['store.evicts']],
  ['volatile-ttl', ['store.evicts']],
  [new Error('NOPERM'), []],
])('a server with %s', async (policy, expected) => {
  expect(await said(policy)).toEqual(expected);
});
