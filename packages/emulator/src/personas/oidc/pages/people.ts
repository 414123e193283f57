import type { RequestHandler } from 'express';
import { type Html, html } from '../../../pages/html.ts';
import { monogram } from '../../../pages/monogram.ts';
import type { Issuer } from '../issuer.ts';
import type { OidcUser } from '../oidc-user.ts';

/** `GET /people/<username>.svg`: the picture of somebody, for the claim `picture`. */
export function picture({ users }: Issuer): RequestHandler<{ file: string }> {
  return (req, res, next) => {
    const user = users.find(req.params.file.replace(/\.svg$/, ''));
    if (user === undefined || !user.picture) return next();
    res.type('svg').send(monogram(user.name ?? user.username, user.sub).markup);
  };
}

/** Show who somebody is: picture, name, user name. */
export function person({ name, username, sub }: OidcUser): Html {
  return html`<p class="person">
    <span class="face">${monogram(name ?? username, sub)}</span>
    <span><strong>${name ?? username}</strong><br><span class="soft">${username}</span></span>
  </p>`;
}
