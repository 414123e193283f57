import { LOGIN_ERROR_CODES, PROVIDER_LOGIN_ERROR_CODES } from '@cloakroom/contract/error-codes';
import { describe, expect, test } from 'vitest';
import { localPath, readLanding } from './address-bar.ts';

const ORIGIN = 'https://app.example';

describe('what the address bar says', () => {
  test('nothing', () => {
    expect(readLanding(`${ORIGIN}/`).landing).toEqual({ login: undefined, error: undefined });
  });

  test('a login that worked', () => {
    expect(readLanding(`${ORIGIN}/?login=success`).landing.login).toBe('success');
  });

  test('any other value of login is no success', () => {
    expect(readLanding(`${ORIGIN}/?login=yes`).landing.login).toBeUndefined();
  });

  test.each([...LOGIN_ERROR_CODES, ...PROVIDER_LOGIN_ERROR_CODES])('the error %s', (code) => {
    expect(readLanding(`${ORIGIN}/?error=${code}`).landing.error).toBe(code);
  });

  test.each(['', 'nonsense', '<script>alert(1)</script>', 'constructor', 'INVALID_STATE'])(
    'the value %j is of unknown meaning and kept by nobody',
    (value) => {
      const { landing } = readLanding(`${ORIGIN}/?error=${encodeURIComponent(value)}`);
      expect(landing.error).toBe('unknown');
    },
  );

  test('of several errors the first', () => {
    const { landing } = readLanding(`${ORIGIN}/?error=access_denied&error=server_error`);
    expect(landing.error).toBe('access_denied');
  });
});

describe('what is left of the address', () => {
  test.each([
    ['/?login=success', '/'],
    ['/?error=invalid_state', '/'],
    ['/?error=a&error=b&login=success', '/'],
    ['/a/b?x=1&login=success&y=2#part', '/a/b?x=1&y=2#part'],
    ['/?q=a%20b+c&login=success', '/?q=a%20b+c'],
    ['/?l%6fgin=success', '/'],
    ['/?relogin=success&my_error=1', '/?relogin=success&my_error=1'],
    ['/#error=kept', '/#error=kept'],
    ['/?login=success#access_token=x&state=y', '/'],
    ['/a#state=1&id_token=x', '/a'],
    ['/a#decode=x', '/a#decode=x'],
    ['/?flag&login=success', '/?flag'],
  ])('%s becomes %s', (before, after) => {
    expect(readLanding(ORIGIN + before).cleaned).toBe(ORIGIN + after);
  });

  test('an address without a result stays to the letter', () => {
    const href = `${ORIGIN}/a?b=%7E&c=~#d`;
    expect(readLanding(href).cleaned).toBe(href);
  });

  test('a path that looks like a host stays on this origin', () => {
    const { cleaned } = readLanding(`${ORIGIN}//evil.example/x?error=access_denied`);
    expect(new URL(cleaned).origin).toBe(ORIGIN);
  });
});

describe('a path to come back to', () => {
  test.each(['/', '/a/b?c=1#d'])('%s is one', (path) => {
    expect(localPath(path)).toBe(path);
  });

  test.each([
    '',
    'a',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
  ])('%j is none', (path) => {
    expect(localPath(path)).toBe('/');
  });

  test('one that the BFF would refuse for its length is none', () => {
    expect(localPath(`/${'a'.repeat(1024)}`)).toBe('/');
  });
});
