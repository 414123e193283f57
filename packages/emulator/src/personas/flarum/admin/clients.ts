import type { RequestHandler } from 'express';
import { ClientForm } from '../client-form.ts';
import type { Forum } from '../forum.ts';
import type { OAuthClient } from '../oauth-clients.ts';
import { forAdministrator, type MemberPage } from '../pages/forum-page.ts';
import { sendProblem } from '../pages/problem-page.ts';
import { sendClient, sendClients } from './clients-page.ts';

/** `GET /admin/clients`: the clients, and a form for the next. */
export function clientsPage(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => sendClients(page));
}

/** `POST /admin/clients`: make one; id and secret are drawn for it. */
export function addClient(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => {
    const form = AdminForm.safeParse(page.req.body);
    if (!form.success) return sendClients(page, page.req.body);
    const { clientId } = forum.apps.add(form.data);
    page.res.redirect(`${forum.basePath}/admin/clients/${clientId}?saved`);
  });
}

/** `GET /admin/clients/<id>`: one of them, its secret included, as the plugin shows it. */
export function clientPage(forum: Forum): RequestHandler {
  return forClient(forum, (page, client) => sendClient(page, client));
}

/** `POST /admin/clients/<id>`: change it. */
export function saveClient(forum: Forum): RequestHandler {
  return forClient(forum, (page, client) => {
    const form = AdminForm.safeParse(page.req.body);
    if (!form.success) return sendClient(page, client, page.req.body);
    Object.assign(client, form.data);
    page.res.redirect(`${forum.basePath}/admin/clients/${client.clientId}?saved`);
  });
}

/** `POST /admin/clients/<id>/delete`. */
export function deleteClient(forum: Forum): RequestHandler {
  return forClient(forum, ({ res }, { clientId }) => {
    forum.apps.remove(clientId);
    res.redirect(`${forum.basePath}/admin/clients?saved`);
  });
}

/** At least one address: only a test makes a client that takes any. */
const AdminForm = ClientForm.refine(({ redirectUri }) => redirectUri !== '');

function forClient(
  forum: Forum,
  show: (page: MemberPage, client: OAuthClient) => void,
): RequestHandler {
  return forAdministrator(forum, (page) => {
    const client = forum.apps.find(String(page.req.params.clientId));
    if (client !== undefined) show(page, client);
    else sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  });
}
