import type { Request, Response } from 'express';
import type { DemoUser } from '../provider/users.ts';
import type { BrowserSession, BrowserSessions } from './browser-session.ts';
import type { Html } from './html.ts';
import { chooseLanguage, type Language } from './language.ts';

/** What the pages of a persona need of it. */
export interface Site<User = DemoUser> {
  basePath: string;
  sessions: BrowserSessions;
  users: { find(username: string): User | undefined };
  /** For a browser that reads none of ours; default English. */
  usualLanguage?: Language | undefined;
}

/** What a page needs to know about who looks at it. */
export interface Page<Wording, Of extends Site<unknown> = Site> {
  provider: Of;
  req: Request;
  res: Response;
  language: Language;
  wording: Wording;
  session: BrowserSession;
  /** Who is signed in. */
  user: ReturnType<Of['users']['find']>;
}

/** Open a page for the browser that asked: its language, its session, its user. */
export function openPage<Wording, Of extends Site<unknown>>(
  provider: Of,
  wordings: Record<Language, Wording>,
  visit: { req: Request; res: Response },
): Page<Wording, Of> {
  const { req, res } = visit;
  // A browser that goes back must ask again: a redirect of before its sign-in would lead in circles.
  res.set('Cache-Control', 'no-store');
  const language = chooseLanguage(req, res, provider);
  const session = provider.sessions.open(req, res);
  const user = provider.users.find(session.username ?? '') as ReturnType<Of['users']['find']>;
  return { provider, req, res, language, wording: wordings[language], session, user };
}

export interface DocumentOptions {
  /** Default 200. */
  status?: number | undefined;
  /**
   * An origin besides ours that a form of the page may lead to: Chromium applies `form-action` to
   * the redirect that follows a form as well.
   */
  formTarget?: string | undefined;
  /** Let script files of our own run, and call us; default false. */
  script?: boolean | undefined;
  /** Origins besides ours that pictures may come from. */
  images?: readonly string[] | undefined;
}

/** Send a document under a policy that runs no script, or none but our own files. */
export function sendDocument(res: Response, document: Html, options: DocumentOptions = {}): void {
  res.status(options.status ?? 200).type('html');
  res.set(documentHeaders(options)).send(document.markup);
}

/** Name the headers of a document, its policy among them. */
export function documentHeaders(options: DocumentOptions): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    sources('img-src', options.images),
    ...(options.script ? ["script-src 'self'", "connect-src 'self'"] : []),
    sources('form-action', options.formTarget === undefined ? [] : [options.formTarget]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

function sources(directive: string, origins: readonly string[] = []): string {
  return [directive, "'self'", ...origins].join(' ');
}
