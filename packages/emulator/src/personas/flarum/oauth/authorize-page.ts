import type { RequestHandler } from 'express';
import { html } from '../../../pages/html.ts';
import type { Forum } from '../forum.ts';
import type { OAuthClient } from '../oauth-clients.ts';
import { type ForumPage, openForumPage } from '../pages/forum-page.ts';
import { sendLogIn } from '../pages/log-in-box.ts';
import { sendForumPage } from '../pages/shell.ts';
import { words } from '../words.ts';
import { sendConsent } from './consent.ts';
import { param } from './param.ts';

/**
 * `GET /oauth/authorize`: a page of the forum, which checks what it can by itself. It has HTTP 200
 * for all of it, and asks every time; what it does not like it leaves for the forum's first page,
 * and tells no client.
 */
export function authorizePage(forum: Forum): RequestHandler {
  return (req, res) => {
    const page = openForumPage(forum, req, res);
    const client = forum.apps.find(param(req.query, 'client_id'));
    if (client === undefined || !isShown(forum, client, req.query)) return routeHome(page);
    const { user } = page;
    if (user === undefined) return sendLogIn(page, {}, req.originalUrl);
    sendConsent({ ...page, user }, client);
  };
}

function isShown(forum: Forum, client: OAuthClient, query: Record<string, unknown>): boolean {
  const { allowImplicit, enforceState, requireExactRedirectUri } = forum.settings;
  const redirectUri = param(query, 'redirect_uri');
  const responseType = param(query, 'response_type');
  if (redirectUri === '' || responseType === '') return false;
  if (requireExactRedirectUri && !words(client.redirectUri).includes(redirectUri)) return false;
  if (responseType === 'token' && !allowImplicit) return false;
  return !enforceState || param(query, 'state') !== '';
}

/** Show the forum's first page, as its single page does by routing there. */
function routeHome(page: ForumPage): void {
  const goTo = `${page.provider.basePath}/`;
  const { home } = page.wording.problems;
  sendForumPage(page, { title: home, body: html`<p><a href="${goTo}">${home}</a></p>`, goTo });
}
