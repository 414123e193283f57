import type { Item } from './item.ts';

/** A piece of an item, and how far it is from what was asked: 0 is nearest, 1 has nothing of it. */
export interface Match {
  item: Item;
  chunk: number;
  distance: number;
}

const FARTHEST = 0.8;

/**
 * Find the pieces that share words with a question, the nearest first. It plays a search by
 * meaning: a word counts the more, the fewer pieces have it; Chinese is read two characters at a
 * time. What is not indexed yet has no pieces.
 */
export function search(items: readonly Item[], question: string): Match[] {
  const pieces = items.flatMap((item) =>
    item.chunks.map((text, chunk) => ({ item, chunk, words: wordsOf(`${item.name} ${text}`) })),
  );
  const weighted = [...wordsOf(question)].map((word) => {
    const pieceCount = pieces.filter(({ words }) => has(words, word)).length;
    return { word, weight: Math.log(1 + pieces.length / (1 + pieceCount)) };
  });
  const all = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return pieces
    .map(({ item, chunk, words }) => {
      const found = weighted.filter(({ word }) => has(words, word));
      const share = found.reduce((sum, { weight }) => sum + weight, 0) / (all || 1);
      return { item, chunk, distance: Number((1 - share).toFixed(4)) };
    })
    .filter(({ distance }) => distance <= FARTHEST)
    .toSorted((one, other) => one.distance - other.distance);
}

/** Count the words of a question, as the provider limits them. */
export function countWords(question: string): number {
  return question.split(/\s+/).filter((word) => word !== '').length;
}

function wordsOf(text: string): Set<string> {
  const runs = text.toLowerCase().match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? [];
  return new Set(runs.flatMap((run) => (/\p{Script=Han}/u.test(run) ? pairs(run) : [run])));
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** `brew` and `brewing` are the same here; a word of three letters or less must stand as it is. */
function has(words: ReadonlySet<string>, word: string): boolean {
  if (words.has(word)) return true;
  const isStem = (stem: string, of: string) => stem.length > 3 && of.startsWith(stem);
  return [...words].some((one) => isStem(word, one) || isStem(one, word));
}
