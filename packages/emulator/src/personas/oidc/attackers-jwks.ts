import type { RequestHandler } from 'express';
import type { Issuer } from './issuer.ts';
import { publicJwk } from './signing-keys.ts';

/** `GET /attacker/jwks`: the key behind forged tokens, for a verifier that follows what a token says. */
export function attackersJwks(issuer: Issuer): RequestHandler {
  return async (_req, res) => {
    res.json({ keys: [publicJwk(await issuer.attacker())] });
  };
}
