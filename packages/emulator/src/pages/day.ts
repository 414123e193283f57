import type { Language } from './language.ts';

/** Write a day as people of a language do, in UTC. */
export function day(milliseconds: number, language: Language): string {
  const style = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, style).format(milliseconds);
}

/** Write a moment, in UTC. */
export function moment(milliseconds: number, language: Language): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, style).format(milliseconds)} UTC`;
}
