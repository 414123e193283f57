import { languageOf } from './languages.ts';
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
  // In the reader's own variety, where there is one: dates of en-GB are not those of en-US.
  const variety = navigator.languages.find((tag) => languageOf(tag) === language) ?? language;
  return {
    clock: (time) => new Intl.DateTimeFormat(variety, { timeStyle: 'medium' }).format(time),
    moment: (time) =>
      new Intl.DateTimeFormat(variety, { dateStyle: 'medium', timeStyle: 'short' }).format(
        new Date(time),
      ),
    wait: (seconds) =>
      new Intl.RelativeTimeFormat(variety, { numeric: 'always' }).format(seconds, 'second'),
    count: (value) => new Intl.NumberFormat(variety).format(value),
  };
}
