import type { RequestHandler } from 'express';
import type { Forum } from '../forum.ts';
import { forAdministrator, type MemberPage } from '../pages/forum-page.ts';
import { sendProblem } from '../pages/problem-page.ts';
import { ScopeForm } from '../scope-form.ts';
import type { Scope } from '../scopes.ts';
import { sendScope, sendScopes } from './scopes-page.ts';

/** `GET /admin/scopes`: the scope table, and a form for the next row. */
export function scopesPage(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => sendScopes(page));
}

/** `POST /admin/scopes`: add a row, or change the one of this name. */
export function addScope(forum: Forum): RequestHandler {
  return forAdministrator(forum, (page) => {
    const form = readForm(page.req.body);
    if (!form.success) return sendScopes(page, page.req.body);
    forum.scopes.put(form.data);
    page.res.redirect(`${forum.basePath}/admin/scopes?saved`);
  });
}

/** `GET /admin/scopes/<scope>`: one row. */
export function scopePage(forum: Forum): RequestHandler {
  return forScope(forum, (page, row) => sendScope(page, row));
}

/** `POST /admin/scopes/<scope>`: change it, its name included. */
export function saveScope(forum: Forum): RequestHandler {
  return forScope(forum, (page, row) => {
    const form = readForm(page.req.body);
    if (!form.success) return sendScope(page, row, page.req.body);
    forum.scopes.remove(row.scope);
    forum.scopes.put(form.data);
    page.res.redirect(`${forum.basePath}/admin/scopes?saved`);
  });
}

/** `POST /admin/scopes/<scope>/delete`; the row of the migration stays. */
export function deleteScope(forum: Forum): RequestHandler {
  return forScope(forum, ({ res }, { scope }) => {
    if (scope !== forum.scopes.initial.scope) forum.scopes.remove(scope);
    res.redirect(`${forum.basePath}/admin/scopes?saved`);
  });
}

function readForm(body: Record<string, unknown>) {
  return ScopeForm.safeParse({ ...body, isDefault: body.isDefault === 'on' });
}

function forScope(forum: Forum, show: (page: MemberPage, row: Scope) => void): RequestHandler {
  return forAdministrator(forum, (page) => {
    const row = forum.scopes.find(String(page.req.params.scope));
    if (row !== undefined) show(page, row);
    else sendProblem(page, { status: 404, ...page.wording.problems.notFound });
  });
}
