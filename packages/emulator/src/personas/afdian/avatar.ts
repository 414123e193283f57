import type { RequestHandler } from 'express';
import { monogram } from '../../pages/monogram.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import type { AfdianUser } from './afdian-user.ts';

/** Name the full address of somebody's picture. */
export function avatarUrl(provider: AfdianProvider, user: AfdianUser): string {
  return user.avatar || `${provider.origin()}${provider.basePath}/avatars/${user.userId}.svg`;
}

/** `GET /avatars/<user_id>.svg`: the picture of somebody who has chosen none. */
export function avatar(provider: AfdianProvider): RequestHandler<{ userId: string }> {
  return (req, res, next) => {
    const user = provider.users.all().find((one) => one.userId === req.params.userId);
    if (user === undefined) return next();
    res.set('Content-Security-Policy', "default-src 'none'");
    res.type('svg').send(monogram(user.name).markup);
  };
}
