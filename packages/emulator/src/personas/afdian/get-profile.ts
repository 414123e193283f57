import type { RequestHandler } from 'express';
import type { AfdianProvider } from './afdian-provider.ts';
import type { AfdianUser } from './afdian-user.ts';
import { avatarUrl } from './avatar.ts';
import { fail, succeed } from './envelope.ts';

/** `GET /api/user/get-profile?user_id=`: what everybody may see of somebody. */
export function getProfile(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    const userId = req.query.user_id;
    if (typeof userId !== 'string' || userId === '') return fail(res, 'incomplete', 'user_id');
    const user = provider.users.all().find((one) => one.userId === userId);
    if (user === undefined) return fail(res, 'user', 'there is no such user');
    succeed(res, { user: describe(provider, user) }, '');
  };
}

function describe(provider: AfdianProvider, user: AfdianUser): object {
  return {
    user_id: user.userId,
    name: user.name,
    avatar: avatarUrl(provider, user),
    cover: '',
    url_slug: user.slug,
    creator: { category_id: '', type: 0, pic: '', doing: '', detail: '' },
  };
}
