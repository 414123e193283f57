import type { Language } from './language.ts';

/** Write a whole number with its thousands apart. */
export function wholeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}
