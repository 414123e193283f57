import { ROUTES } from './documented-routes.ts';

/** What servers have been fooled with, and paths of the provider that nobody may call. */
const TRICKS = [
  '12345 abc_DEF-9 account auth oauth2 token me v1 api custom-logout 12345%20',
  '. .. ... %2e %2e%2e .%2e %2f %5c %252e%252e %00 %0d%0a %23 %3f ;x=1 ..; %c0%ae %ff',
  '%64ocuments Documents documents. a.b @ : * ~ ! $ ^ [a-z]+ {id} %7Bid%7D __proto__ constructor',
]
  .join(' ')
  .split(' ');

const WORDS = ROUTES.flatMap(({ path }) => path.split('/')).filter((word) => /^[a-z]/.test(word));
const PIECES = [...WORDS, ...TRICKS, ''];

/** Draw the same numbers for the same seed, from 0 to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Make a path: of pieces, or a documented one with something small changed. */
export function randomPath(roll: () => number): string {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(roll() * items.length)] as Item;
  if (roll() < 0.4) {
    const pieces = Array.from({ length: 1 + Math.floor(roll() * 4) }, () => pick(PIECES));
    return pieces.join('/') + pick(['', '/', '/', '//']);
  }
  const path = pick(ROUTES).path.replace('{id}', pick(['12345', 'x_Y-z', ...PIECES]));
  if (roll() < 0.3) return path;
  const at = Math.floor(roll() * (path.length + 1));
  return path.slice(0, at) + pick(['', '/', ...PIECES]) + path.slice(at + Math.floor(roll() * 2));
}
