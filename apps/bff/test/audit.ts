import { problemSchema } from '@cloakroom/contract/problem';
import type { Emulator } from '@cloakroom/emulator';
import { expect, test } from 'vitest';
import type { BffProcess } from './bff-process.ts';
import type { BrowserAnswer, SetCookie } from './browser-answer.ts';
import { leaks } from './canaries.ts';
import { rememberSecrets } from './emulator-secrets.ts';

const HEADERS = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/i,
  'content-security-policy': /frame-ancestors 'none'/,
  'referrer-policy': /^no-referrer$|same-origin/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
};

/** Of these kinds nothing may be in any answer, cookies included. */
const NEVER = [
  ...['AT', 'RT', 'ID', 'CODE', 'SECRET', 'SESSION_SECRET', 'DESCRIPTION'],
  ...['PROVIDER_COOKIE', 'PASSWORD'],
];

/**
 * Call last in a suite: what must hold for every answer and every log line of its processes.
 * @param emulator what it handed out is secret too
 */
export function auditAtTheEnd(processes: () => BffProcess[], emulator?: () => Emulator): void {
  const recognise = () => emulator && rememberSecrets(emulator());

  test('S53 S54 S68 S72 S74 S118 S133 every answer of this suite keeps the rules', () => {
    const broken = processes().flatMap((bff) =>
      bff.answers.flatMap((answer) => brokenRules(answer, bff)),
    );
    expect([...new Set(broken)].slice(0, 20)).toEqual([]);
  });

  test('S1 no answer of this suite holds a secret', () => {
    recognise();
    const told = processes().flatMap(({ answers }) => answers.flatMap(secretsIn));
    expect([...new Set(told)]).toEqual([]);
  });

  test('S6 S134 the logs of this suite are JSON lines and hold no secret', () => {
    recognise();
    for (const bff of processes()) {
      const lines = bff.output().split('\n').filter(Boolean);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !isJsonObject(line)).slice(0, 3)).toEqual([]);
      const kinds = leaks(bff.output());
      const guilty = lines.filter((line) => leaks(line).length > 0).slice(0, 2);
      expect({ kinds, guilty }).toEqual({ kinds: [], guilty: [] });
    }
  });
}

function brokenRules(answer: BrowserAnswer, bff: BffProcess): string[] {
  const where = `${answer.method} ${answer.path.split('?')[0]?.slice(0, 60)} ${answer.status}`;
  const { headers } = answer;
  const broken: string[] = [];
  const rule = (holds: boolean, name: string) => holds || broken.push(`${where}: ${name}`);
  for (const [name, pattern] of Object.entries(HEADERS))
    rule(pattern.test(headers[name] ?? ''), `${name} is ${headers[name]}`);
  rule(headers['x-powered-by'] === undefined, 'x-powered-by');
  rule(!Object.keys(headers).some((name) => name.startsWith('access-control-')), 'a CORS header');
  rule(answer.status !== 500, 'status 500');
  rule(!/\n\s+at |&nbsp;at |node_modules/.test(answer.body), 'a stack');
  if (bff.origin.startsWith('https:'))
    rule(
      Number(/max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1]) >= 31_536_000,
      'HSTS',
    );
  if (/^\/(auth|api|oauth)(?=[/?]|$)/.test(answer.path) || answer.cookies.length > 0)
    rule(
      /\bno-store\b/.test(headers['cache-control'] ?? ''),
      `cache-control ${headers['cache-control']}`,
    );
  if (
    answer.status >= 400 &&
    /^\/(auth|api)(?=[/?]|$)/.test(answer.path) &&
    answer.method !== 'HEAD'
  )
    rule(isProblem(answer), `no problem details: ${answer.body.slice(0, 80)}`);
  for (const cookie of answer.cookies)
    for (const wrong of wrongCookie(cookie, bff)) rule(false, wrong);
  return broken;
}

function isProblem(answer: BrowserAnswer): boolean {
  if (answer.status === 429 && !answer.headers['content-type']?.includes('json')) return true;
  if (!/^application\/problem\+json\b/.test(answer.headers['content-type'] ?? '')) return false;
  const read = problemSchema.strict().safeParse(JSON.parse(answer.body));
  return read.success && read.data.status === answer.status;
}

function wrongCookie({ name, attributes }: SetCookie, bff: BffProcess): string[] {
  const secure = bff.origin.startsWith('https:');
  const prefix = secure ? '__Host-Http-' : '';
  const session = name === `${prefix}cloakroom`;
  const wrong: string[] = [];
  const rule = (holds: boolean, what: string) =>
    holds || wrong.push(`${name.slice(0, 30)}: ${what}`);
  rule(session || name.startsWith(`${prefix}cloakroom-login`), 'an unknown cookie');
  rule('httponly' in attributes, 'not HttpOnly');
  rule(attributes.path === '/', `Path=${attributes.path}`);
  rule(!('domain' in attributes), 'Domain');
  rule('secure' in attributes === secure, `Secure is ${'secure' in attributes}`);
  rule(attributes.samesite === (session ? 'Strict' : 'Lax'), `SameSite=${attributes.samesite}`);
  if (!session) rule(Number(attributes['max-age'] ?? 0) <= 600, `Max-Age=${attributes['max-age']}`);
  return wrong;
}

function secretsIn(answer: BrowserAnswer): string[] {
  const { 'set-cookie': cookies = '', location = '', ...rest } = answer.headers;
  // Where a browser is sent to the provider, the address holds what is meant for it.
  const shown = /^\/auth\/(oauth\/start|logout\/continue)/.test(answer.path) ? '' : location;
  const text = `${JSON.stringify(rest)} ${shown} ${answer.body}`;
  const kinds = new Set([...leaks(text, [...NEVER, 'STATE', 'COOKIE']), ...leaks(cookies, NEVER)]);
  return [...kinds].map((kind) => `${answer.method} ${answer.path.split('?')[0]}: ${kind}`);
}

function isJsonObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
