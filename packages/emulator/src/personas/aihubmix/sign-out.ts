import type { RequestHandler } from 'express';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { signInPath } from './sign-in-path.ts';

/** `POST /sign-out`: forget who this browser is; `return_to` goes on to the sign-in page. */
export function signOut(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    provider.sessions.signOut(req);
    const returnTo = String(req.body.return_to ?? `${provider.basePath}/account`);
    res.redirect(signInPath(provider, returnTo));
  };
}
