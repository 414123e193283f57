import { pino } from 'pino';
import { expect, test } from 'vitest';
import { fakeProvider, tokenAnswer } from '../test/fake-provider.ts';
import { type Log, withBareErrors } from './log.ts';

const TOKENS = { access_token: 'CANARY', refresh_token: 'CANARY', token_type: 'Bearer' };
const json = (body: string) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body,
});

const ANSWERS = {
  'a refusal that quotes the token': tokenAnswer(400, {
    error: 'invalid_client',
    error_description: 'CANARY is unknown',
    access_token: 'CANARY',
  }),
  'tokens with a life that is no number': tokenAnswer(200, { ...TOKENS, expires_in: 'soon' }),
  'tokens without a type': tokenAnswer(200, { ...TOKENS, token_type: undefined }),
  'a broken ID token': tokenAnswer(200, { ...TOKENS, id_token: `${btoa('CANARY')}.b.c` }),
  'a list': json('["CANARY"]'),
  'a form that calls itself JSON': json('access_token=CANARY'),
};

test.each(Object.entries(ANSWERS))(
  '%s: nothing of it gets into a log that the adopter brings',
  async (_name, answer) => {
    const { provider } = fakeProvider(async () => answer);
    const use = {
      refreshToken: 'CANARY',
      previous: { accessToken: '', obtainedAt: 0 },
      subject: '1',
    };
    const err = await provider.refresh(use).catch((error) => error);
    expect(err).toBeInstanceOf(Error);

    const lines: string[] = [];
    const log = withBareErrors(pino({}, { write: (line) => lines.push(line) }));
    log.warn({ event: 'tokens.refresh_failed', err });
    expect(JSON.parse(lines.join('')).err).toMatchObject({
      name: err.name,
      message: expect.stringContaining(err.message),
    });
    expect(lines.join('')).not.toContain('CANARY');
  },
);

test.each(['debug', 'info', 'warn', 'error'] as const)(
  '%s: the line is otherwise as it was',
  (level) => {
    const lines: object[] = [];
    const write = (line: object) => lines.push(line);
    const log: Log = { debug: write, info: write, warn: write, error: write };
    const plain = { event: 'test', code: 'some_code' };
    const bare = withBareErrors(log);
    bare[level](plain);
    bare[level]({ ...plain, err: Object.assign(new Error('above'), { body: 'CANARY' }) });
    expect(lines[0]).toBe(plain);
    expect(lines[1]).toMatchObject({ ...plain, err: { name: 'Error', message: 'above' } });
    expect(lines[1]).not.toHaveProperty('err.body');
  },
);
