import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Issuer } from './issuer.ts';
import { clientMetadata } from './oidc-app.ts';
import { claimsOf } from './oidc-user.ts';
import { showLogout, showSignedOut } from './pages/logout-page.ts';
import { showRefusal } from './pages/problem-page.ts';
import type { OidcLifetimes } from './settings.ts';
import type { SigningJwk } from './signing-keys.ts';

/** The paths of the endpoints, below the issuer. */
export const PATHS = {
  authorization: '/authorize',
  pushed_authorization_request: '/par',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  revocation: '/revocation',
  end_session: '/logout',
} as const;

const HOUR = 3600;
const FORTNIGHT = 14 * 24 * HOUR;

/** Set the library up: what it may not keep itself, it asks the issuer for each time. */
export function configuration(issuer: Issuer, jwks: { keys: SigningJwk[] }): Configuration {
  return {
    routes: PATHS,
    jwks,
    adapter: (model) => {
      const adapter = issuer.store.adapter(model);
      return model === 'Client' ? { ...adapter, find: findClient(issuer) } : adapter;
    },
    findAccount: (_ctx, sub) => {
      const user = issuer.userOf(sub);
      return user && { accountId: sub, claims: () => claimsOf(user, issuer.url) };
    },
    loadExistingGrant: grantOfThisLogin(issuer),
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'picture'],
      email: ['email', 'email_verified'],
    },
    scopes: ['openid', 'offline_access'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    pkce: { required: () => issuer.settings.pkceRequired },
    rotateRefreshToken: () => issuer.settings.refreshRotation,
    issueRefreshToken: (_ctx, client, { scope = '' }) => {
      const policy = issuer.settings.refreshTokens;
      if (policy !== 'with-offline-access') return policy === 'always';
      const isAsked = scope.split(' ').includes('offline_access');
      return isAsked && client.grantTypeAllowed('refresh_token');
    },
    // The grant book ends them with the session: the library would do so at the next login too.
    expiresWithSession: () => false,
    revokeGrantPolicy: () => true,
    // One clock for all: a token of a second ends after a second.
    clockTolerance: 0,
    ttl: timesToLive(issuer),
    features: features(issuer),
    interactions: { url: (_ctx, { uid }) => `${issuer.basePath}/interaction/${uid}` },
    renderError: (ctx, out) => showRefusal(issuer, ctx, out),
    cookies: {
      names: { session: 'oidc_session', interaction: 'oidc_interaction', resume: 'oidc_resume' },
      keys: [issuer.cookieKey],
      long: { httpOnly: true, sameSite: 'lax', signed: true, path: issuer.basePath },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    clientBasedCORS: () => false,
    fetch: fetchFromHere,
    discovery: { ui_locales_supported: ['zh-Hant', 'zh-Hans', 'en'] },
  };
}

function timesToLive(issuer: Issuer): Configuration['ttl'] {
  const lifetime = (name: keyof OidcLifetimes) => () =>
    atLeastASecond(issuer.settings.lifetimes[name]);
  const refreshToken = lifetime('refreshToken');
  return {
    AccessToken: lifetime('accessToken'),
    AuthorizationCode: lifetime('code'),
    IdToken: lifetime('idToken'),
    RefreshToken: refreshToken,
    Grant: () => Math.max(FORTNIGHT, refreshToken()),
    Interaction: HOUR,
    Session: FORTNIGHT,
  };
}

function features(issuer: Issuer): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    resourceIndicators: { enabled: false },
    backchannelLogout: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    pushedAuthorizationRequests: {
      enabled: true,
      requirePushedAuthorizationRequests: issuer.settings.parRequired,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx) => showLogout(issuer, ctx),
      postLogoutSuccessSource: (ctx) => showSignedOut(issuer, ctx),
    },
  };
}

function findClient(issuer: Issuer) {
  return async (clientId: string) => {
    const app = issuer.apps.find(clientId);
    return app && clientMetadata(app);
  };
}

/**
 * Open a grant for each login, with what was allowed before: with one grant for all logins of a
 * browser, to revoke the tokens of one would end the others.
 */
function grantOfThisLogin(issuer: Issuer) {
  return async ({ oidc }: KoaContextWithOIDC) => {
    const { provider, client, account, result } = oidc;
    if (result?.consent?.grantId) return provider.Grant.find(result.consent.grantId);
    if (client === undefined || account === undefined) return undefined;
    const { clientId } = client;
    const { accountId } = account;
    const scopes = issuer.consents.given(accountId, clientId);
    if (scopes.length === 0) return undefined;
    const grant = new provider.Grant({ accountId, clientId });
    grant.addOIDCScope(scopes);
    await grant.save();
    return grant;
  };
}

function atLeastASecond(seconds: number): number {
  return Math.max(1, Math.round(seconds));
}

/** Fetch without the library's own dispatcher, which keeps logout tokens from this very machine. */
function fetchFromHere(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const { dispatcher: _dispatcher, ...rest } = init as RequestInit & { dispatcher?: unknown };
  return fetch(url, rest as RequestInit);
}
