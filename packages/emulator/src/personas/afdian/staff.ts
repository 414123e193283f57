import type { RequestHandler } from 'express';
import { forSignedIn, type SignedInPage } from './afdian-page.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { AppForm } from './app-form.ts';
import { sendProblem } from './problem-page.ts';
import { type Entered, sendStaffPage } from './staff-page.ts';

/** `GET /staff/apps`: the clients, and a form for the next. */
export function staff(provider: AfdianProvider): RequestHandler {
  return forStaff(provider, (page) => sendStaffPage(page));
}

/** `POST /staff/apps`: make a client; its secret is on the next page, and only there. */
export function createApp(provider: AfdianProvider): RequestHandler {
  return forStaff(provider, (page) => {
    const { req, res, wording } = page;
    const { csrf: _csrf, ...entered }: Entered = req.body;
    const given = Object.entries(entered).filter(([, value]) => value !== '');
    const form = AppForm.safeParse(Object.fromEntries(given));
    const refuse = (why: string) => sendStaffPage(page, { refused: { entered, why } });
    if (!form.success) return refuse(wording.staff.refused);
    const { clientId } = form.data;
    if (clientId !== undefined && provider.apps.find(clientId)) return refuse(wording.staff.taken);
    const app = provider.apps.register(form.data, provider.now());
    provider.sessions.rememberNewApp(req, app.clientId);
    res.redirect(`${provider.basePath}/staff/apps`);
  });
}

/** `POST /staff/apps/reset`: give a client a new secret; the old one stops to work at once. */
export function resetSecret(provider: AfdianProvider): RequestHandler {
  return forStaff(provider, ({ req, res }) => {
    const app = provider.apps.find(String(req.body.client_id ?? ''));
    if (app !== undefined) {
      provider.apps.renewSecret(app);
      provider.sessions.rememberNewApp(req, app.clientId);
    }
    res.redirect(`${provider.basePath}/staff/apps`);
  });
}

function forStaff(provider: AfdianProvider, show: (page: SignedInPage) => void): RequestHandler {
  return forSignedIn(provider, (page) => {
    if (page.user.developer) show(page);
    else sendProblem(page, { status: 403, ...page.wording.problems.noStaff });
  });
}
