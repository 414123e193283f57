import type { BrowserContext, Page } from '@playwright/test';
import type { RecordedAnswer } from '../stack/recording-proxy.ts';
import { pageContents } from './page-contents.ts';

/** What there is to look through, and what must not be found in it. */
export interface Recording {
  context: BrowserContext;
  /** Origin of the app: what other sites hold is theirs. */
  origin: string;
  answers(): readonly RecordedAnswer[];
  /** What the pages wrote to the console. */
  messages: readonly string[];
  secrets(): readonly { kind: string; value: string }[];
  /** What a login brings about at least; default code, access token and client secret. */
  kinds?: readonly string[];
  /** Where secrets of a kind have to be, since a standard wants that. */
  sanctioned?: { kind: string; where: RegExp };
}

/** A text, and where it was. */
export interface Trace {
  where: string;
  text: string;
}

/** Gather all that reached the browser from the app, and all that it holds of it now. */
export async function tracesOf(recording: Recording): Promise<Trace[]> {
  const { context, origin } = recording;
  const pages = context.pages().filter((page) => page.url().startsWith(`${origin}/`));
  const traces: Trace[] = recording.answers().flatMap(({ to, status, headers, body }) => [
    { where: `the headers of ${to} (${status})`, text: headers },
    { where: `the body of ${to} (${status})`, text: body },
  ]);
  for (const message of recording.messages) traces.push({ where: 'the console', text: message });
  for (const { name, value } of await context.cookies(origin)) {
    traces.push({ where: `the cookie ${name}`, text: `${value} ${decoded(value)}` });
  }
  for (const page of pages) traces.push(...(await pageTraces(page)));
  return traces;
}

async function pageTraces(page: Page): Promise<Trace[]> {
  const contents = Object.entries(await page.evaluate(pageContents));
  const devtools = await page.context().newCDPSession(page);
  const { entries } = await devtools.send('Page.getNavigationHistory');
  await devtools.detach();
  return [
    ...contents.map(([where, text]) => ({ where, text })),
    ...entries.map(({ url }) => ({ where: 'the history of the tab', text: url })),
  ];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
