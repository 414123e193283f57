import { expect, test } from 'vitest';
import { parseRedisUrl } from './redis-url.ts';

test.each([
  ['redis://localhost', { kind: 'server', url: 'redis://localhost' }],
  ['rediss://u:p@h:6380/1', { kind: 'server', url: 'rediss://u:p@h:6380/1' }],
  [
    'redis+cluster://a:7000,b',
    {
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 6379 },
      ],
      access: { tls: false },
    },
  ],
  [
    'rediss+sentinel://user:p%40ss@a:26379,[::1]:26380/main',
    {
      kind: 'sentinel',
      nodes: [
        { host: 'a', port: 26_379 },
        { host: '::1', port: 26_380 },
      ],
      primary: 'main',
      access: { tls: true, username: 'user', password: 'p@ss' },
    },
  ],
  ['redis+sentinel://a:26379', undefined],
  ['redis+cluster://', undefined],
  ['redis+cluster://a:x', undefined],
  ['http://localhost', undefined],
  ['redis://', undefined],
  ['', undefined],
])('%s', (url, expected) => {
  expect(parseRedisUrl(url)).toEqual(expected);
});
