import type { Language } from '../../pages/language.ts';

/** Write a day as people of a language do. */
export function day(milliseconds: number, language: Language): string {
  const style = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, style).format(milliseconds);
}

/** Write a moment, in UTC. */
export function moment(milliseconds: number, language: Language): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, style).format(milliseconds)} UTC`;
}

/** Write a whole number with its thousands apart. */
export function wholeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}
