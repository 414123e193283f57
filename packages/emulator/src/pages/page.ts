import type { Request, Response } from 'express';
import type { Provider } from '../provider/provider.ts';
import type { DemoUser } from '../provider/users.ts';
import type { BrowserSession } from './browser-session.ts';
import type { Html } from './html.ts';
import { chooseLanguage, type Language } from './language.ts';

/** What a page needs to know about who looks at it. */
export interface Page<Wording> {
  provider: Provider;
  req: Request;
  res: Response;
  language: Language;
  wording: Wording;
  session: BrowserSession;
  /** Who is signed in. */
  user: DemoUser | undefined;
}

/** Open a page for the browser that asked: its language, its session, its user. */
export function openPage<Wording>(
  provider: Provider,
  wordings: Record<Language, Wording>,
  visit: { req: Request; res: Response },
): Page<Wording> {
  const { req, res } = visit;
  // A browser that goes back must ask again: a redirect of before its sign-in would lead in circles.
  res.set('Cache-Control', 'no-store');
  const language = chooseLanguage(req, res, provider.basePath);
  const session = provider.sessions.open(req, res);
  const user = provider.users.find(session.username ?? '');
  return { provider, req, res, language, wording: wordings[language], session, user };
}

/**
 * Send a document under a policy that runs no script.
 * @param formTarget an origin besides ours that a form of the page may lead to: Chromium applies
 *   `form-action` to the redirect that follows a form as well
 */
export function sendDocument(
  res: Response,
  document: Html,
  options: { status?: number | undefined; formTarget?: string | undefined } = {},
): void {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", options.formTarget].filter(Boolean).join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  res.status(options.status ?? 200).type('html');
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  res.send(document.markup);
}
