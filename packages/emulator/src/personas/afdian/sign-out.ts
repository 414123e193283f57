import type { RequestHandler } from 'express';
import { returnPath } from '../../pages/return-path.ts';
import type { AfdianProvider } from './afdian-provider.ts';
import { signInPath } from './sign-in-path.ts';

/** `POST /logout`: forget who this browser is, and offer the sign-in, which leads back to `return_to`. */
export function signOut(provider: AfdianProvider): RequestHandler {
  return (req, res) => {
    provider.sessions.signOut(req);
    const { basePath } = provider;
    const back = returnPath(basePath, req.body.return_to) ?? `${basePath}/account`;
    res.redirect(signInPath(provider, back));
  };
}
