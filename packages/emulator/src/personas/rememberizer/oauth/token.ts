import type { Request, RequestHandler, Response } from 'express';
import type { GrantRefusal, TokenSet } from '../../../provider/grants.ts';
import type { Endpoint } from '../endpoints.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';

type TokenError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

type Form = Record<string, unknown>;

/**
 * `POST /api/v1/auth/oauth2/token/`: a form with the client's secret in it, and with the redirect
 * URI for a refresh too. Errors are those of RFC 6749 section 5.2.
 */
export function token(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form: Form = req.body ?? {};
    const mistake = mistakeIn(req, form);
    if (mistake !== undefined) return refuse(res, 'invalid_request', mistake);
    const clientId = authenticate(provider, req, form);
    if (clientId === undefined) return refuseClient(res);

    const exchange = GRANTS.get(grantType(provider, form));
    if (exchange === undefined) {
      return refuse(res, 'unsupported_grant_type', 'not a grant type here');
    }
    const missing = exchange.needs.find((name) => !form[name]);
    if (missing !== undefined) return refuse(res, 'invalid_request', `${missing} is missing`);
    const outcome = exchange.take(provider, { ...(form as Record<string, string>), clientId });
    if ('refused' in outcome) return refuse(res, 'invalid_grant', outcome.refused);
    res.json(describe(provider, outcome));
  };
}

/** Tell the two grants apart before anything was checked: for counters and faults. */
export function tokenEndpoint(req: Request): Endpoint {
  return req.body?.grant_type === 'refresh_token' ? 'refresh' : 'token';
}

/** Watch how many refreshes of one grant are under way at once. */
export function watchRefreshes(provider: RememberizerProvider): RequestHandler {
  return (req, res, next) => {
    const grant = provider.grants.ofRefreshToken(String(req.body?.refresh_token ?? ''));
    if (tokenEndpoint(req) === 'refresh' && grant) provider.traffic.watchRefresh(grant.id, res);
    next();
  };
}

interface Exchange {
  needs: string[];
  take: (
    provider: RememberizerProvider,
    form: Record<string, string> & { clientId: string },
  ) => TokenSet | GrantRefusal;
}

const authorizationCode: Exchange = {
  needs: ['code', 'redirect_uri'],
  take: ({ grants }, { code = '', redirect_uri: redirectUri = '', clientId }) =>
    grants.redeemCode({ code, clientId, redirectUri }),
};

const refreshToken: Exchange = {
  needs: ['refresh_token', 'redirect_uri'],
  take: ({ grants }, { refresh_token = '', redirect_uri, clientId }) => {
    const grant = grants.ofRefreshToken(refresh_token);
    if (grant?.clientId === clientId && grant.redirectUri !== redirect_uri) {
      return { refused: 'another redirect_uri' };
    }
    return grants.refresh({ refreshToken: refresh_token, clientId });
  },
};

const GRANTS = new Map<unknown, Exchange>([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
]);

/** The table of the document has no `grant_type`, every sample sends one: a knob says what counts. */
function grantType({ quirks }: RememberizerProvider, form: Form): unknown {
  const isLeftOut = !form.grant_type && !!form.code;
  return isLeftOut && quirks.grantType === 'lenient' ? 'authorization_code' : form.grant_type;
}

function mistakeIn(req: Request, form: Form): string | undefined {
  if (!req.is('application/x-www-form-urlencoded')) return 'the body must be a form';
  const twice = Object.keys(form).find((name) => Array.isArray(form[name]));
  return twice === undefined ? undefined : `${twice} is given more than once`;
}

/** Only the secret in the body is documented: a client that sends Basic is not known here. */
function authenticate(provider: RememberizerProvider, req: Request, form: Form) {
  if (req.headers.authorization !== undefined) return undefined;
  const { client_id, client_secret } = form;
  return provider.apps.authenticate(String(client_id ?? ''), String(client_secret ?? ''))?.clientId;
}

function refuseClient(res: Response): void {
  const description = 'send client_id and client_secret of a registered app in the form';
  res.status(401).json({ error: 'invalid_client', error_description: description });
}

function refuse(res: Response, error: TokenError, description: string): void {
  res.status(400).json({ error, error_description: description });
}

function describe({ quirks }: RememberizerProvider, tokens: TokenSet): object {
  const { accessToken: access_token, refreshToken: refresh_token, expiresIn, scope } = tokens;
  if (quirks.tokenAnswer === 'minimal') return { access_token, refresh_token };
  return { access_token, token_type: 'Bearer', expires_in: expiresIn, refresh_token, scope };
}
