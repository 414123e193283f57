import type { Request, RequestHandler, Response } from 'express';
import { openPage, type Page } from '../../../pages/page.ts';
import { type SignedIn, showSignedIn } from '../../../pages/sign-in-flow.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { en } from '../wording/en.ts';
import type { Wording } from '../wording/wording.ts';
import { zhHans } from '../wording/zh-hans.ts';
import { zhHant } from '../wording/zh-hant.ts';

export type RememberizerPage = Page<Wording, RememberizerProvider>;

/** A page of the area behind the sign-in. */
export type SignedInPage = SignedIn<RememberizerPage>;

/** Open a page in this persona's words. */
export function openRememberizerPage(
  provider: RememberizerProvider,
  req: Request,
  res: Response,
): RememberizerPage {
  return openPage(provider, { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }, { req, res });
}

/** Show a page to who is signed in; anybody else signs in first and comes back. */
export function forSignedIn(
  provider: RememberizerProvider,
  show: (page: SignedInPage) => void,
): RequestHandler {
  return (req, res) => showSignedIn(openRememberizerPage(provider, req, res), show);
}
