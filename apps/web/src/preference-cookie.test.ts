import { expect, test } from 'vitest';
import { preferenceCookie, readPreference } from './preference-cookie.ts';

test('a choice is found among other cookies', () => {
  const cookies = 'a=1; cloakroom-lang=zh-Hant; xcloakroom-lang=en';
  expect(readPreference('cloakroom-lang', cookies)).toBe('zh-Hant');
});

test.each(['', 'a=1', 'cloakroom-lang=', 'xcloakroom-lang=en'])(
  'there is no choice in %j',
  (cookies) => {
    expect(readPreference('cloakroom-lang', cookies)).toBeUndefined();
  },
);

test('a choice is read back as it was written, whatever is in it', () => {
  const [pair = ''] = preferenceCookie('cloakroom-last-provider', 'a;b=c é', false).split('; ');
  expect(readPreference('cloakroom-last-provider', pair)).toBe('a;b=c é');
});

test('a value that nobody here wrote is no choice', () => {
  expect(readPreference('cloakroom-lang', 'cloakroom-lang=%E0%A4%A')).toBeUndefined();
});

test('it is sent to this site only, and over https only where that is spoken', () => {
  const plain = preferenceCookie('cloakroom-lang', 'en', false);
  expect(plain).toBe('cloakroom-lang=en; Path=/; Max-Age=31536000; SameSite=Lax');
  expect(preferenceCookie('cloakroom-lang', 'en', true)).toBe(`${plain}; Secure`);
});
