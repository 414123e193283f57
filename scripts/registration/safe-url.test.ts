import { expect, test } from 'vitest';
import { readBaseUrl, readRedirectUri } from './safe-url.ts';

test.each([
  ['https://api.aihubmix.com', 'https://api.aihubmix.com'],
  ['https://api.aihubmix.com/', 'https://api.aihubmix.com'],
  ['http://127.0.0.1:4000/aihubmix/', 'http://127.0.0.1:4000/aihubmix'],
  ['http://localhost:4000', 'http://localhost:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
])('%s is a base URL', (text, url) => {
  expect(readBaseUrl(text)).toBe(url);
});

test.each([
  'http://api.aihubmix.com',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://10.0.0.1',
  'ftp://localhost',
  'api.aihubmix.com',
  'https://user:pass@api.aihubmix.com',
  'https://api.aihubmix.com/?x=1',
  'https://api.aihubmix.com/#x',
])('%s is no base URL', (text) => {
  expect(() => readBaseUrl(text)).toThrow(expect.objectContaining({ kind: 'usage' }));
});

test('a password in a base URL is not repeated', () => {
  expect(() => readBaseUrl('https://user:s3cret@example.com')).not.toThrow('s3cret');
  expect(() => readBaseUrl('https://user:s3cret@example.com')).toThrow('password');
});

test('a redirect URI is kept character by character', () => {
  expect(readRedirectUri('https://app.example.com')).toBe('https://app.example.com');
  expect(readRedirectUri('http://localhost:3000/oauth/callback')).toBe(
    'http://localhost:3000/oauth/callback',
  );
});

test.each(['/oauth/callback', 'http://app.example.com/cb', 'https://app.example.com/cb#'])(
  '%s is no redirect URI',
  (text) => {
    expect(() => readRedirectUri(text)).toThrow(expect.objectContaining({ kind: 'usage' }));
  },
);
