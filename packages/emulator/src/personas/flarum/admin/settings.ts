import type { RequestHandler } from 'express';
import { z } from 'zod';
import { csrfField } from '../../../pages/csrf-field.ts';
import { html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import type { ForumSettings } from '../forum-settings.ts';
import { forAdministrator, type MemberPage } from '../pages/forum-page.ts';
import { sendAdminPage } from './admin-shell.ts';
import { checkField, selectField, textField } from './form-fields.ts';

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

const SettingsForm = z.object({
  allowImplicit: ticked,
  enforceState: ticked,
  requireExactRedirectUri: ticked,
  authorizationMethodFetch: ticked,
  useOauth: z.enum(['members', 'administrators']),
  accessLifetime: z.coerce.number().int().positive(),
});

/** `GET /admin`: the settings of the plugin. */
export function settingsPage(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => sendSettings(page, forum.settings));
}

/** `POST /admin`: save them. From then on `expires_in` is a string, for stored settings are. */
export function saveSettings(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => {
    const form = SettingsForm.safeParse(page.req.body);
    if (!form.success) return sendSettings(page, forum.settings, { refused: true });
    const { accessLifetime, ...settings } = form.data;
    Object.assign(forum.settings, settings, { expiresInAs: 'string' });
    forum.settings.lifetimes.accessToken = accessLifetime;
    page.res.redirect(`${forum.basePath}/admin?saved`);
  });
}

function sendSettings(page: MemberPage, settings: ForumSettings, { refused = false } = {}): void {
  const { settings: words, save, refused: why } = page.wording.admin;
  const check = (name: CheckName, hint?: string) =>
    checkField(settings[name], { name, label: words[name], ...(hint && { hint }) });
  const body = html`<form method="post" action="${page.provider.basePath}/admin" class="card stack">
    ${csrfField(page)}
    ${refused && html`<p class="alert" role="alert">${why}</p>`}
    ${check('allowImplicit')}
    ${check('enforceState')}
    ${check('requireExactRedirectUri', words.requireExactHint)}
    ${check('authorizationMethodFetch', words.authorizationMethodFetchHint)}
    ${textField({ accessLifetime: settings.lifetimes.accessToken }, { name: 'accessLifetime', label: words.accessLifetime, required: true })}
    ${selectField(settings.useOauth, { name: 'useOauth', label: words.useOauth }, words.groups)}
    <button class="button primary">${save}</button>
  </form>`;
  sendAdminPage(page, { here: 'settings', body });
}

type CheckName =
  | 'allowImplicit'
  | 'enforceState'
  | 'requireExactRedirectUri'
  | 'authorizationMethodFetch';
