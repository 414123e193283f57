import type { RequestHandler } from 'express';
import type { TokenSet } from '../../../provider/grants.ts';
import {
  authorizationCode,
  clientOf,
  type Exchange,
  mistakeIn,
  refuseToken,
  type TokenForm,
} from '../../../provider/token-request.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

const refreshToken: Exchange = {
  needs: ['refresh_token', 'redirect_uri'],
  take: (grants, { refresh_token = '', redirect_uri }, clientId) => {
    const grant = grants.ofRefreshToken(refresh_token);
    if (grant?.clientId === clientId && grant.redirectUri !== redirect_uri) {
      return { refused: 'another redirect_uri' };
    }
    return grants.refresh({ refreshToken: refresh_token, clientId });
  },
};

const EXCHANGES = new Map([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
]);

/**
 * `POST /api/v1/auth/oauth2/token/`: a form with the client's secret in it, and with the redirect
 * URI for a refresh too. Errors are those of RFC 6749 section 5.2.
 */
export function token(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form: TokenForm = req.body ?? {};
    const mistake = mistakeIn(req);
    if (mistake !== undefined) return refuseToken(res, 'invalid_request', mistake);
    const client = clientOf(req, provider.apps);
    if (client === undefined) {
      const description = 'send client_id and client_secret of a registered app in the form';
      return refuseToken(res, 'invalid_client', description);
    }

    const exchange = EXCHANGES.get(grantType(provider, form));
    if (exchange === undefined) {
      return refuseToken(res, 'unsupported_grant_type', 'not a grant type here');
    }
    const missing = exchange.needs.find((name) => !form[name]);
    if (missing !== undefined) return refuseToken(res, 'invalid_request', `${missing} is missing`);
    const outcome = exchange.take(provider.grants, form, client.clientId);
    if ('refused' in outcome) return refuseToken(res, 'invalid_grant', outcome.refused);
    res.json(describe(provider, outcome));
  };
}

/** The table of the document has no `grant_type`, every sample sends one: a knob says what counts. */
function grantType({ quirks }: RememberizerProvider, { grant_type = '', code }: TokenForm): string {
  const isLeftOut = grant_type === '' && !!code;
  return isLeftOut && quirks.grantType === 'lenient' ? 'authorization_code' : grant_type;
}

function describe({ quirks }: RememberizerProvider, tokens: TokenSet): object {
  const { accessToken: access_token, refreshToken: refresh_token, expiresIn, scope } = tokens;
  if (quirks.tokenAnswer === 'minimal') return { access_token, refresh_token };
  return { access_token, token_type: 'Bearer', expires_in: expiresIn, refresh_token, scope };
}
