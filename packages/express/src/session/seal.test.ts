import { describe, expect, test } from 'vitest';
import { createSealer } from './seal.ts';

const OLD = 'an-old-secret-of-more-than-32-bytes-0123456789';
const NEW = 'a-newer-secret-of-more-than-32-bytes-987654321';
const binding = { context: 'session', salt: 'session id' };

describe('a sealed text', () => {
  test('opens for the binding it was made for, and looks different every time', () => {
    const sealer = createSealer([NEW]);
    const sealed = sealer.seal('text', binding);
    expect(sealer.open(sealed, binding)).toBe('text');
    expect(sealer.seal('text', binding)).not.toBe(sealed);
  });

  test.each([
    ['of another session', { ...binding, salt: 'another session id' }],
    ['of another kind', { ...binding, context: 'tokens' }],
  ])('does not open in the place %s', (_which, other) => {
    const sealer = createSealer([NEW]);
    expect(sealer.open(sealer.seal('text', binding), other)).toBeUndefined();
  });

  test('opens after a new secret was put in front, and not once its own is gone', () => {
    const sealed = createSealer([OLD]).seal('text', binding);
    expect(createSealer([NEW, OLD]).open(sealed, binding)).toBe('text');
    expect(createSealer([NEW]).open(sealed, binding)).toBeUndefined();
  });

  test('does not open when any character of it was changed', () => {
    const sealer = createSealer([NEW]);
    const sealed = sealer.seal('text', binding);
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(sealer.open(changed, binding), `at ${at}`).toBeUndefined();
    }
  });

  test.each([
    '',
    '.',
    'v1',
    'v1..',
    'v1.abc.',
    'v2.x.y',
    'a'.repeat(9000),
    'v1.__proto__.AAAA',
    '{}',
  ])('that nobody sealed does not open: %s', (text) => {
    expect(createSealer([NEW]).open(text, binding)).toBeUndefined();
  });
});
