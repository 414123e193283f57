import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function logged(line: object): string {
  const lines: string[] = [];
  createLogger('info', { write: (text) => lines.push(text) }).info(line);
  return lines.join('');
}

const NAMES = [
  'authorization',
  'cookie',
  'cookies',
  'set-cookie',
  'access_token',
  'refresh_token',
  'accessToken',
  'idToken',
  'clientKey',
  'password',
  'state',
];

test.each(NAMES)('%s does not get into a line, at the top or below', (name) => {
  const line = logged({
    event: 'test',
    [name]: 'CANARY',
    answer: { [name]: 'CANARY', headers: { [name]: 'CANARY' } },
  });
  expect(line).not.toContain('CANARY');
  expect(line.match(/\[redacted\]/g)).toHaveLength(3);
});

test('of an error its type, message and code are told, and nothing that hangs on it', () => {
  const cause = Object.assign(new TypeError('below'), { request: { headers: 'CANARY' } });
  const error = Object.assign(new Error('above', { cause }), { code: 'E_TEST', body: 'CANARY' });
  const line = JSON.parse(logged({ event: 'test', err: error }));
  expect(JSON.stringify(line)).not.toContain('CANARY');
  expect(line.err).toMatchObject({
    type: 'Error',
    message: 'above',
    code: 'E_TEST',
    cause: { type: 'TypeError', message: 'below' },
  });
});

test('the code of an error stays readable', () => {
  expect(logged({ event: 'login.failed', code: 'access_denied' })).toContain('access_denied');
});
