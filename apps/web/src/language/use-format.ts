import { useLanguage } from './use-language.ts';

/** Say times and numbers in the language of the page. Times are milliseconds since 1970, or ISO 8601. */
export function useFormat(): {
  /** A moment of today, to the second. */
  clock: (time: number) => string;
  /** A day and a time. */
  moment: (time: string) => string;
  /** A wait, as in "in 5 seconds". */
  wait: (seconds: number) => string;
  count: (value: number) => string;
} {
  const { language } = useLanguage();
  return {
    clock: (time) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(time),
    moment: (time) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
        new Date(time),
      ),
    wait: (seconds) =>
      new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(seconds, 'second'),
    count: (value) => new Intl.NumberFormat(language).format(value),
  };
}
