import type { Request, RequestHandler, Response } from 'express';
import type { App } from '../../provider/apps.ts';
import type { GrantRefusal, TokenSet } from '../../provider/grants.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import type { Endpoint } from './endpoints.ts';

type TokenError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

type Form = Record<string, unknown>;

/** `POST /api/oauth2/token`: a form with the client's secret in it; errors of RFC 6749 section 5.2. */
export function token(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form: Form = req.body ?? {};
    const mistake = mistakeIn(req, form);
    if (mistake !== undefined) return refuse(res, 'invalid_request', mistake);
    const app = authenticate(provider, req, form);
    if (app === undefined) return refuseClient(req, res);

    const exchange = GRANTS.get(form.grant_type);
    if (exchange === undefined)
      return refuse(res, 'unsupported_grant_type', 'not a grant type here');
    const missing = exchange.needs.find((name) => !form[name]);
    if (missing !== undefined) return refuse(res, 'invalid_request', `${missing} is missing`);
    const outcome = exchange.take(provider, app, form as Record<string, string>);
    if ('refused' in outcome) return refuse(res, 'invalid_grant', outcome.refused);
    sendTokens(res, outcome);
  };
}

/** Tell the two grants apart before anything was checked: for counters and faults. */
export function tokenEndpoint(req: Request): Endpoint {
  return req.body?.grant_type === 'refresh_token' ? 'refresh' : 'token';
}

/** Watch how many refreshes of one grant are under way at once. */
export function watchRefreshes(provider: AihubmixProvider): RequestHandler {
  return (req, res, next) => {
    const grant = provider.grants.ofRefreshToken(String(req.body?.refresh_token ?? ''));
    if (tokenEndpoint(req) === 'refresh' && grant) provider.traffic.watchRefresh(grant.id, res);
    next();
  };
}

interface Exchange {
  needs: string[];
  take: (
    provider: AihubmixProvider,
    app: App,
    form: Record<string, string>,
  ) => TokenSet | GrantRefusal;
}

const authorizationCode: Exchange = {
  needs: ['code', 'redirect_uri'],
  take: ({ grants }, { clientId }, { code = '', redirect_uri: redirectUri = '' }) =>
    grants.redeemCode({ code, clientId, redirectUri }),
};

const refreshToken: Exchange = {
  needs: ['refresh_token'],
  take: ({ grants }, { clientId }, { refresh_token = '' }) =>
    grants.refresh({ refreshToken: refresh_token, clientId }),
};

const GRANTS = new Map<unknown, Exchange>([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
]);

function mistakeIn(req: Request, form: Form): string | undefined {
  if (!req.is('application/x-www-form-urlencoded')) return 'the body must be a form';
  const twice = Object.keys(form).find((name) => Array.isArray(form[name]));
  if (twice !== undefined) return `${twice} is given more than once`;
  return form.grant_type ? undefined : 'grant_type is missing';
}

/** Only `client_secret_post` is documented: a client that sends Basic is not known here. */
function authenticate(provider: AihubmixProvider, req: Request, form: Form): App | undefined {
  if (req.headers.authorization !== undefined) return undefined;
  return provider.apps.authenticate(String(form.client_id ?? ''), String(form.client_secret ?? ''));
}

function refuseClient(req: Request, res: Response): void {
  if (req.headers.authorization !== undefined) res.set('WWW-Authenticate', 'Basic');
  const description = 'send client_id and client_secret of a registered app in the form';
  res.status(401).json({ error: 'invalid_client', error_description: description });
}

function refuse(res: Response, error: TokenError, description: string): void {
  res.status(400).json({ error, error_description: description });
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
