/**
 * Read a `Retry-After` header (RFC 9110 section 10.2.3): seconds, or a date.
 * @returns whole seconds from `now`, never negative; `undefined` where the header is absent or nonsense
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Every form of HTTP date begins with a day's name; Date.parse alone would take "-5" for a year.
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
