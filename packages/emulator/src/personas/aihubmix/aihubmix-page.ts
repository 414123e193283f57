import type { Request, RequestHandler, Response } from 'express';
import type { Html } from '../../pages/html.ts';
import { openPage, type Page } from '../../pages/page.ts';
import type { DemoUser } from '../../provider/users.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { sendConsole } from './layout.ts';
import { signInPath } from './sign-in-path.ts';
import { en } from './wording/en.ts';
import type { Wording } from './wording/wording.ts';
import { zhHans } from './wording/zh-hans.ts';
import { zhHant } from './wording/zh-hant.ts';

export type AihubmixPage = Page<Wording, AihubmixProvider>;

/** A page of the area behind the sign-in. */
export type SignedInPage = AihubmixPage & { user: DemoUser };

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
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    const { user } = page;
    if (user === undefined) res.redirect(signInPath(provider, req.originalUrl));
    else show({ ...page, user });
  };
}

/** Send a page of the signed-in area. */
export function sendAccountArea(page: SignedInPage, content: { title: string; body: Html }): void {
  const { wording, user, provider } = page;
  const nav = [
    { path: `${provider.basePath}/account`, label: wording.account.title },
    { path: `${provider.basePath}/console/topup`, label: wording.topup.title },
    { path: `${provider.basePath}/account/apps`, label: wording.apps.title },
  ];
  const developer = { path: `${provider.basePath}/console/apps`, label: wording.developer.title };
  sendConsole(page, { ...content, nav: user.developer ? [...nav, developer] : nav });
}
