import type { Request, RequestHandler, Response } from 'express';
import { openPage, type Page } from '../../pages/page.ts';
import { type SignedIn, showSignedIn } from '../../pages/sign-in-flow.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { en } from './wording/en.ts';
import type { Wording } from './wording/wording.ts';
import { zhHans } from './wording/zh-hans.ts';
import { zhHant } from './wording/zh-hant.ts';

export type AihubmixPage = Page<Wording, AihubmixProvider>;

/** A page of the area behind the sign-in. */
export type SignedInPage = SignedIn<AihubmixPage>;

/** Open a page in this persona's words. */
export function openAihubmixPage(
  provider: AihubmixProvider,
  req: Request,
  res: Response,
): AihubmixPage {
  return openPage(provider, { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }, { req, res });
}

/** Show a page to who is signed in; anybody else signs in first and comes back. */
export function forSignedIn(
  provider: AihubmixProvider,
  show: (page: SignedInPage) => void,
): RequestHandler {
  return (req, res) => showSignedIn(openAihubmixPage(provider, req, res), show);
}
