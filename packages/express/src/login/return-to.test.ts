import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localPath, withLoginSuccess } from './return-to.ts';

const ORIGIN = 'http://localhost:3000';

describe('a return path', () => {
  test.each([
    '/',
    '/deep/page',
    '/deep?x=1&y=a%20b',
    '/page#part',
    '/a?next=https://elsewhere.example/',
    '/authors',
    '/apiary/bees',
    '/oauthentic',
  ])('%s is kept as it stands', (path) => {
    expect(localPath(path)).toBe(path);
  });

  test.each([
    ['nothing', undefined],
    ['an empty value', ''],
    ['another origin', 'https://evil.example/'],
    ['a scheme-relative address', '//evil.example'],
    ['a backslash for the second slash', '/\\evil.example'],
    ['a backslash further on', '/a/\\evil.example'],
    ['dots that resolve to two slashes', '/.//evil.example'],
    ['dots that resolve to two slashes, encoded', '/%2e//evil.example'],
    ['a tab that browsers drop', '/\t/evil.example'],
    ['a line break', '/\n/evil.example'],
    ['a space in front', ' /page'],
    ['a script', 'javascript:alert(1)'],
    ['a path without a slash', 'page'],
    ['the BFF itself', '/auth/logout'],
    ['the BFF in capitals', '/AUTH/logout'],
    ['the BFF, encoded', '/%61uth/oauth/start'],
    ['the BFF behind dots', '/x/../api/user/info'],
    ['the callback', '/oauth/callback?code=x'],
    ['what cannot be decoded', '/%zz/../%ff'],
    ['more than 1024 characters', `/${'a'.repeat(1024)}`],
  ])('%s counts as /', (_what, path) => {
    expect(localPath(path)).toBe('/');
  });

  test('never leaves the origin, whatever is put together', () => {
    const pieces = fc.constantFrom(
      ...['/', '\\', '.', '..', '//', '@', ':', '?', '#', ';', '%2f', '%5c', '%2e', '%09', '%00'],
      ...[
        '\t',
        '\n',
        '\r',
        ' ',
        '\u2028',
        '\u3002',
        '\uFF0F',
        'evil.example',
        'https:',
        'auth',
        'x',
      ],
    );
    const hostile = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, (value) => {
        const location = withLoginSuccess(localPath(value));
        const target = new URL(location, ORIGIN);
        expect(target.origin).toBe(ORIGIN);
        expect(target.pathname).not.toMatch(/^\/(auth|oauth|api)(\/|$)/i);
        expect(location).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
      }),
      { numRuns: 5000 },
    );
  });
});

test.each([
  ['/', '/?login=success'],
  ['/deep?x=1', '/deep?x=1&login=success'],
  ['/page#part', '/page?login=success#part'],
])('login=success is added to %s', (path, expected) => {
  expect(withLoginSuccess(path)).toBe(expected);
});
