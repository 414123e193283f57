import { parseEnv } from 'node:util';
import { RegistrationError } from './registration-error.ts';

/**
 * Set variables in the text of an env file. Every other line stays byte for byte; a variable that
 * stands there already is replaced in its place, a new one is added at the end.
 *
 * @throws {RegistrationError} `cannot-write` when Node.js would not read the result back exactly
 */
export function setVariables(text: string, values: Readonly<Record<string, string>>): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const open = new Map(Object.entries(values));
  const kept = splitEntries(text).flatMap((entry) => {
    if (entry.name === null || !(entry.name in values)) return [entry.text];
    const value = open.get(entry.name);
    if (value === undefined) return []; // a second definition, which would win over the first
    open.delete(entry.name);
    return [assignment(entry.name, value) + (/\r?\n$/.exec(entry.text)?.[0] ?? '')];
  });
  let result = kept.join('');
  if (open.size > 0 && result !== '' && !result.endsWith('\n')) result += eol;
  for (const [name, value] of open) result += assignment(name, value) + eol;
  proveReadBack(text, values, result);
  return result;
}

interface Entry {
  /** null for comments, empty lines and what is no assignment. */
  name: string | null;
  /** With its line break. */
  text: string;
}

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(["'`]?)/;

/** A quoted value may go on over several lines, which are then no assignments of their own. */
function splitEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = endOfLine(text, start);
    const match = ASSIGNMENT.exec(text.slice(start, lineEnd));
    const quote = match?.[2];
    const closing = match && quote ? text.indexOf(quote, start + match[0].length) : -1;
    const end = closing >= lineEnd ? endOfLine(text, closing) : lineEnd;
    entries.push({ name: match?.[1] ?? null, text: text.slice(start, end) });
    start = end;
  }
  return entries;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** Quote only where it is needed: `docker run --env-file` takes quotes for a part of the value. */
function assignment(name: string, value: string): string {
  if (/^[\w./:@%+,=~-]*$/.test(value)) return `${name}=${value}`;
  const quote = ["'", '`', '"'].find((candidate) => {
    return parseEnv(`X=${candidate}${value}${candidate}`).X === value;
  });
  if (!quote) throw new RegistrationError('cannot-write', `${name} cannot be quoted in a file.`);
  return `${name}=${quote}${value}${quote}`;
}

function proveReadBack(
  before: string,
  values: Readonly<Record<string, string>>,
  after: string,
): void {
  const expected = new Map(Object.entries({ ...parseEnv(before), ...values }));
  const found = Object.entries(parseEnv(after));
  const isExact = found.length === expected.size && found.every(([k, v]) => expected.get(k) === v);
  if (!isExact) {
    throw new RegistrationError(
      'cannot-write',
      'The env file has lines that make its meaning ambiguous (an open quote?). Mend it first.',
    );
  }
}
