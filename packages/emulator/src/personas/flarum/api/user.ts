import type { RequestHandler, Response } from 'express';
import type { Forum } from '../forum.ts';
import type { ForumUser } from '../forum-user.ts';
import type { Scope } from '../scopes.ts';
import { avatarUrl } from './avatar-url.ts';
import { forAccess } from './for-access.ts';
import { sendJsonApiError } from './json-api-error.ts';

/** The fields of the answer, in the order of the plugin. */
const FIELDS = [
  'id',
  'username',
  'nickname',
  'avatar_url',
  'email',
  'is_email_confirmed',
  'joined_at',
  'last_seen_at',
  'discussion_count',
  'comment_count',
] as const;

type Body = Partial<Record<(typeof FIELDS)[number], string | number | null>>;

/**
 * `GET /api/user`: whose token it is, flat. Without a token everything is null; a token of a
 * client alone, or of somebody who is gone, breaks the plugin.
 */
export function apiUser(forum: Forum): RequestHandler {
  return forAccess(forum, (res, caller) => {
    if ('guest' in caller) return send(forum, res, nobody());
    const user = forum.users.find(caller.username);
    if (user === undefined || user.deleted) return sendJsonApiError(res, 500, 'unknown');
    send(forum, res, visible(describe(forum, user), caller.scopes));
  });
}

function describe(forum: Forum, user: ForumUser): Body {
  return {
    id: user.id,
    username: user.username,
    nickname: forum.settings.nicknames ? user.nickname : null,
    avatar_url: avatarUrl(forum, user),
    email: user.email,
    is_email_confirmed: user.emailConfirmed ? 1 : 0,
    joined_at: timestamp(user.created_time * 1000),
    last_seen_at: user.lastSeenAt === null ? null : timestamp(user.lastSeenAt),
    discussion_count: user.discussionCount,
    comment_count: user.commentCount,
  };
}

function nobody(): Body {
  return Object.fromEntries(FIELDS.map((field) => [field, null]));
}

/** Keep what the scopes of the token show, all of them together; a scope without a list adds nothing. */
function visible(body: Body, scopes: Scope[]): Body {
  const shown = scopes.flatMap((scope) => scope.visibleFields.split(',')).filter(Boolean);
  if (shown.length === 0) return body;
  return Object.fromEntries(Object.entries(body).filter(([field]) => shown.includes(field)));
}

/** Write a moment as Laravel does: whole seconds of the database, with microseconds all the same. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, '.000000Z');
}

/** Send the body; where PHP shows its warnings, behind the one about a column that is not there. */
function send({ settings }: Forum, res: Response, body: Body): void {
  if (!settings.displayErrors || settings.nicknames) {
    res.json(body);
    return;
  }
  const warning =
    '<br />\n<b>Warning</b>:  Undefined array key "nickname" in <b>ApiUserController.php</b><br />\n';
  res.type('json').send(warning + JSON.stringify(body));
}
