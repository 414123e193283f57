import { randomBytes } from 'node:crypto';

const known = new Map<string, string>();

/** Make a secret value that is recognised wherever it turns up. */
export function canary(kind: string): string {
  return remember(kind, `${kind}_CANARY_${randomBytes(12).toString('base64url')}`);
}

/** Recognise a secret value that somebody else made (a state, a cookie) from now on. */
export function remember(kind: string, value: string): string {
  if (value.length >= 16) known.set(value, kind);
  return value;
}

/** Name the kinds of secret values that stand in this text, plain or in base64. */
export function leaks(text: string, kinds?: readonly string[]): string[] {
  const found = new Set<string>();
  for (const [value, kind] of known) {
    if (kinds !== undefined && !kinds.includes(kind)) continue;
    if (text.includes(value)) found.add(kind);
  }
  if (/_CANARY_/.test(text) && kinds === undefined) found.add('a canary');
  return [...found];
}
