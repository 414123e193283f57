/**
 * Shorten a name to what fits a small circle: the first letters of two words of a Latin name, the first
 * character of any other.
 */
export function initialsOf(name: string): string {
  const words = name
    .split('@')[0]
    ?.split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '', second = ''] = words ?? [];
  const letters = isLatin(first)
    ? firstOf(first) + (isLatin(second) ? firstOf(second) : '')
    : firstOf(first);
  return letters.toLocaleUpperCase();
}

function isLatin(word: string): boolean {
  return /^\p{Script=Latin}/u.test(word);
}

/** What a reader takes for one character: an emoji of several code points too. */
function firstOf(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? '';
}
