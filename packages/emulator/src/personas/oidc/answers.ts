import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { decodeJwt, type Jwt } from '../../provider/jwt.ts';
import { forgeAuthorizationResponse } from './forgeries/authorization-response.ts';
import { forgeDiscovery } from './forgeries/discovery.ts';
import { forgeIdToken } from './forgeries/id-token.ts';
import { forgePushedRequest } from './forgeries/pushed-request.ts';
import { forgeUserinfo } from './forgeries/userinfo.ts';
import type { Issuer } from './issuer.ts';
import { showHandover } from './pages/handover-page.ts';

type Adjust = (issuer: Issuer, ctx: KoaContextWithOIDC) => void | Promise<void>;

type Body = Record<string, unknown>;

/** Change the library's answers on their way out: the clock, the forgeries, and pages that are ours. */
export function adjustAnswers(issuer: Issuer): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const { oidc } = ctx as unknown as KoaContextWithOIDC;
    await ADJUST.get(oidc?.route)?.(issuer, ctx as unknown as KoaContextWithOIDC);
  };
}

const adjustTokens: Adjust = async (issuer, ctx) => {
  const body = ctx.body as Body;
  if (typeof body.id_token !== 'string') return;
  const { idToken, refreshedIdToken } = issuer.forgeries;
  const isRefresh = ctx.oidc.params?.grant_type === 'refresh_token';
  const token = onClock(issuer, decodeJwt(body.id_token));
  token.claims.at_hash = hashOf(String(body.access_token));
  body.id_token = await forgeIdToken(token, (isRefresh ? refreshedIdToken : idToken).take(), {
    issuer: await issuer.keys.newest(),
    attacker: () => issuer.attacker(),
    attackersJwks: `${issuer.url}/attacker/jwks`,
    clientSecret: ctx.oidc.client?.clientSecret ?? '',
  });
  issuer.ledger.note('id_token', body.id_token as string);
};

const adjustUserinfo: Adjust = ({ forgeries }, ctx) => {
  if (ctx.status === 200) ctx.body = forgeUserinfo(ctx.body as Body, forgeries.userinfo.take());
};

const adjustDiscovery: Adjust = ({ forgeries }, ctx) => {
  ctx.body = forgeDiscovery(ctx.body as Body, forgeries.discovery.take());
};

const adjustPushedRequest: Adjust = ({ forgeries }, ctx) => {
  if (ctx.status !== 201) return;
  const answer = { status: ctx.status, body: ctx.body as Body };
  Object.assign(ctx, forgePushedRequest(answer, forgeries.pushedRequest.take()));
};

const adjustAuthorization: Adjust = async (issuer, ctx) => {
  const location = ctx.response.get('Location');
  const params = URL.parse(location)?.searchParams;
  const isAnswer = params !== undefined && !location.startsWith(issuer.url);
  if (!isAnswer) return submitItself(issuer, ctx);
  ctx.set(
    'Location',
    forgeAuthorizationResponse(location, issuer.forgeries.authorizationResponse.take()),
  );
};

/** Somebody who is not signed in has nothing to confirm. */
const adjustEndSession: Adjust = (issuer, ctx) => {
  const { session, params } = ctx.oidc;
  if (ctx.status !== 200 || session?.accountId !== undefined) return;
  const { post_logout_redirect_uri: uri, state } = params ?? {};
  const target = new URL(typeof uri === 'string' ? uri : `${issuer.url}/logout/success`);
  if (typeof uri === 'string' && typeof state === 'string') target.searchParams.set('state', state);
  ctx.status = 303;
  ctx.redirect(target.href);
};

/** The library's page of a form that submits itself has an inline script: ours has not. */
const submitItself: Adjust = (issuer, ctx) => {
  const markup = typeof ctx.body === 'string' ? ctx.body : '';
  if (markup.includes('document.forms[0].submit()')) showHandover(issuer, ctx, markup);
};

const ADJUST = new Map<string | undefined, Adjust>([
  ['token', adjustTokens],
  ['userinfo', adjustUserinfo],
  ['discovery', adjustDiscovery],
  ['pushed_authorization_request', adjustPushedRequest],
  ['authorization', adjustAuthorization],
  ['resume', adjustAuthorization],
  ['end_session', adjustEndSession],
]);

/** Hash a token for `at_hash`: the left half of SHA-256 (OpenID Connect Core 3.1.3.6). */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
}

/** Move the times of a token to what the issuer's clock says. */
function onClock({ clockOffset }: Issuer, { header, claims }: Jwt): Jwt {
  const moved = ['iat', 'exp', 'auth_time'].filter((name) => typeof claims[name] === 'number');
  const times = moved.map((name) => [name, Number(claims[name]) + clockOffset]);
  return { header, claims: { ...claims, ...Object.fromEntries(times) } };
}
