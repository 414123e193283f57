/**
 * Read every value that a Cookie header gives a name, in order. Parsers keep the first one; whoever
 * must know whether a request carries two different ones needs all of them (RFC 6265 section 8.6).
 */
export function cookieValues(header: string | undefined, name: string): string[] {
  return cookiePairs(header)
    .filter(([key]) => key === name)
    .map(([, value]) => value);
}

/** Split a Cookie header into its pairs, as they stand. */
export function cookiePairs(header = ''): [name: string, value: string][] {
  return header.split(';').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[trimmed(pair.slice(0, equals)), trimmed(pair.slice(equals + 1))]];
  });
}

// Space and tab only: trimming more would let U+2000 in front of a name pass for the name.
const trimmed = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '');
