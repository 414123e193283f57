import { createHash, timingSafeEqual } from 'node:crypto';

/** Compare two secrets in constant time, whatever their lengths. */
export function sameSecret(presented: string, expected: string): boolean {
  return timingSafeEqual(digest(presented), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
