/** A row of a table: the text of each cell by the heading of its column. */
export type Row = Readonly<Record<string, string>>;

/** Cut a document at its headings. @returns the text below `heading`, up to the next one of its level or above */
export function section(text: string, heading: string): string {
  const lines = withoutCode(text).split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && /^#/.test(line));
  if (start < 0) throw new Error(`there is no heading "${heading}"`);
  const level = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 0;
  const length = lines.slice(start + 1).findIndex((line) => endsSection(line, level));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}

function endsSection(line: string, level: number): boolean {
  const own = /^(#+) /.exec(line)?.[1]?.length;
  return own !== undefined && own <= level;
}

/** Read the rows of every table that has a column of this name. */
export function rows(text: string, column: string): Row[] {
  const lines = withoutCode(text).split('\n');
  return lines.flatMap((line, index) => {
    const head = cells(line);
    if (!/^\|[\s|:-]+\|$/.test(lines[index + 1] ?? '') || !head.includes(column)) return [];
    const body = lines.slice(index + 2);
    const end = body.findIndex((row) => !row.startsWith('|'));
    return body
      .slice(0, end < 0 ? undefined : end)
      .map((row) => Object.fromEntries(cells(row).map((cell, at) => [head[at] ?? '', cell])));
  });
}

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

/** Read what stands between backticks, blocks left out. */
export function codes(text = ''): string[] {
  return [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** A fenced block of code. */
export interface CodeBlock {
  language: string;
  code: string;
}

/** Read the fenced blocks of a document, in order. */
export function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)].map(
    ([, language = '', code = '']) => ({ language, code }),
  );
}

/** Read the targets of links and images. */
export function targets(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** Name the anchors of a document's headings, as hosts of repositories make them. */
export function anchors(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, '');
}

/** The first group of every match of a pattern with the flag `g`. */
export function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, first = '']) => first);
}
