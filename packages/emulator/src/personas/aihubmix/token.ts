import type { Request, RequestHandler, Response } from 'express';
import type { TokenSet } from '../../provider/grants.ts';
import {
  authorizationCode,
  clientOf,
  type Exchange,
  mistakeIn,
  refuseToken,
  type TokenForm,
} from '../../provider/token-request.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';

const refreshToken: Exchange = {
  needs: ['refresh_token'],
  take: (grants, { refresh_token = '' }, clientId) =>
    grants.refresh({ refreshToken: refresh_token, clientId }),
};

const EXCHANGES = new Map([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
]);

/** `POST /api/oauth2/token`: a form with the client's secret in it; errors of RFC 6749 section 5.2. */
export function token({ apps, grants }: AihubmixProvider): RequestHandler {
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form: TokenForm = req.body ?? {};
    const mistake = mistakeIn(req) ?? (form.grant_type ? undefined : 'grant_type is missing');
    if (mistake !== undefined) return refuseToken(res, 'invalid_request', mistake);
    const client = clientOf(req, apps);
    if (client === undefined) return refuseClient(req, res);

    const exchange = EXCHANGES.get(form.grant_type ?? '');
    if (exchange === undefined)
      return refuseToken(res, 'unsupported_grant_type', 'not a grant type here');
    const missing = exchange.needs.find((name) => !form[name]);
    if (missing !== undefined) return refuseToken(res, 'invalid_request', `${missing} is missing`);
    const outcome = exchange.take(grants, form, client.clientId);
    if ('refused' in outcome) return refuseToken(res, 'invalid_grant', outcome.refused);
    sendTokens(res, outcome);
  };
}

/** Only `client_secret_post` is documented: whoever tries Basic is asked for it, and never known by it. */
function refuseClient(req: Request, res: Response): void {
  if (req.headers.authorization !== undefined) res.set('WWW-Authenticate', 'Basic');
  const description = 'send client_id and client_secret of a registered app in the form';
  refuseToken(res, 'invalid_client', description);
}

function sendTokens(res: Response, tokens: TokenSet): void {
  res.json({
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresIn,
    refresh_token: tokens.refreshToken,
    scope: tokens.scope,
  });
}
