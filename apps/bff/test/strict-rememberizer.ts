import { canary } from './canaries.ts';
import { readAuthorization, wayBack } from './strict-authorization.ts';
import { type StrictCall, type StrictReply, StrictServer } from './strict-server.ts';

/** `other` is whatever else is below `/api/v1/`. */
type Endpoint = 'token' | 'account' | 'other';

/** A user as `/api/v1/account/` describes one. */
export interface Keeper {
  id: string | number;
  email: string;
  name: string;
}

export const MEI: Keeper = { id: 41, email: 'mei@example.com', name: 'Mei' };
export const JUN: Keeper = { id: 42, email: 'jun@example.com', name: 'Jun' };

interface Grant {
  keeper: Keeper;
  scope: string;
  redirectUri: string;
  accessToken?: string;
  refreshToken?: string;
  revoked: boolean;
}

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /api/v1/auth/oauth2/token/': 'token',
  'GET /api/v1/account/': 'account',
};

/** Headers of every answer of a resource, none of which is for the browser. */
export const OWN_HEADERS = {
  'set-cookie': ['cloakroom=planted; Path=/', 'session=theirs; Domain=example.com'],
  location: 'https://evil.example/',
  'access-control-allow-origin': '*',
  'access-control-allow-credentials': 'true',
  'clear-site-data': '"cookies"',
  'content-security-policy': "default-src 'unsafe-inline'",
  'strict-transport-security': 'max-age=0',
  link: '<https://evil.example/>; rel=preload',
  refresh: '0; url=https://evil.example/',
  'www-authenticate': 'Bearer realm="theirs"',
  'service-worker-allowed': '/',
  'alt-svc': 'h2="evil.example:443"',
  server: 'gunicorn',
  'x-internal': 'theirs',
  etag: '"theirs"',
  vary: 'Cookie',
};

/** Rememberizer's OAuth as its documents show it; resources say which path they were asked for. */
export class StrictRememberizer extends StrictServer<Endpoint> {
  readonly clientId = 'rememberizer-app';
  readonly clientSecret = canary('SECRET');
  readonly redirectUris: string[] = [];
  /** Members of the token answer besides the two tokens. */
  more: Record<string, unknown> = {};
  /** Leave the refresh token out of the answer to a refresh; the old one stays good. */
  keepsRefreshToken = false;
  /** Answer a refresh with the access token that there was. */
  keepsAccessToken = false;
  /** How often a refresh token was used that had been replaced. */
  reuses = 0;
  readonly #codes = new Map<string, Grant>();
  readonly #byRefresh = new Map<string, Grant>();
  readonly #byAccess = new Map<string, Grant>();

  /** Somebody chooses mementos and agrees: the path of the callback. */
  authorize(location: string, { keeper = MEI, scope }: { keeper?: Keeper; scope?: string } = {}) {
    const { clientId, redirectUris } = this;
    const endpoint = `${this.url}/api/v1/auth/oauth2/authorize/`;
    const asked = readAuthorization(location, { endpoint, clientId, redirectUris });
    if (asked.scope !== 'offline_access') throw new Error(`asked for ${asked.scope}`);
    const code = canary('CODE');
    const { redirectUri, state } = asked;
    this.#codes.set(code, { keeper, scope: scope ?? asked.scope, redirectUri, revoked: false });
    return wayBack(redirectUri, { code, state });
  }

  refreshes(): StrictCall<Endpoint>[] {
    return this.of('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');
  }

  /** The access tokens end at once; the refresh tokens stay. */
  expireAccessTokens(): void {
    this.#byAccess.clear();
  }

  /** The user disconnects the app. */
  disconnect(): void {
    for (const grant of this.#byRefresh.values()) grant.revoked = true;
    this.#byAccess.clear();
  }

  protected endpointOf(method: string, path: string): Endpoint | undefined {
    const known = ENDPOINTS[`${method} ${path}`];
    if (known) return known;
    return /^\/api\/v1\/(?!auth|account|me\b)/.test(path) ? 'other' : undefined;
  }

  protected reply(call: StrictCall<Endpoint>): StrictReply {
    this.insist(call.headers.cookie === undefined, `${call.path}: a cookie`);
    return call.endpoint === 'token' ? this.#token(call) : this.#resource(call);
  }

  #token({ form, headers }: StrictCall<Endpoint>): StrictReply {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const names = [...form.keys()].sort().join(' ');
    const expected = isRefresh
      ? 'client_id client_secret grant_type redirect_uri refresh_token'
      : 'client_id client_secret code grant_type redirect_uri';
    this.insist(names === expected, `token request with ${names}`);
    this.insist(headers.authorization === undefined, 'token request with Authorization');
    this.insist(
      /^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? ''),
      `token request as ${headers['content-type']}`,
    );
    const given = `${form.get('client_id')} ${form.get('client_secret')}`;
    if (given !== `${this.clientId} ${this.clientSecret}`) return refusal('invalid_client', 401);
    return isRefresh ? this.#refresh(form) : this.#exchange(form);
  }

  #exchange(form: URLSearchParams): StrictReply {
    const code = form.get('code') ?? '';
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    if (grant?.redirectUri !== form.get('redirect_uri')) return refusal('invalid_grant');
    return this.#issue(grant);
  }

  #refresh(form: URLSearchParams): StrictReply {
    const sent = form.get('refresh_token') ?? '';
    const grant = this.#byRefresh.get(sent);
    if (grant && grant.refreshToken !== sent) this.reuses += 1;
    if (!grant || grant.revoked || grant.refreshToken !== sent) return refusal('invalid_grant');
    if (grant.redirectUri !== form.get('redirect_uri')) return refusal('invalid_grant');
    return this.#issue(grant);
  }

  #issue(grant: Grant): StrictReply {
    const access = (this.keepsAccessToken && grant.accessToken) || canary('AT');
    grant.accessToken = access;
    this.#byAccess.set(access, grant);
    const kept = this.keepsRefreshToken && grant.refreshToken !== undefined;
    if (grant.scope === 'offline_access' && !kept) {
      grant.refreshToken = canary('RT');
      this.#byRefresh.set(grant.refreshToken, grant);
    }
    const refresh = kept ? undefined : grant.refreshToken;
    return { status: 200, body: { access_token: access, refresh_token: refresh, ...this.more } };
  }

  #resource(call: StrictCall<Endpoint>): StrictReply {
    const [, token = ''] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? [];
    const grant = this.#byAccess.get(token);
    if (grant === undefined) return { status: 401, body: { detail: 'Given token not valid' } };
    if (call.endpoint === 'account') return { status: 200, body: grant.keeper };
    const { method, path, query } = call;
    return { status: 200, headers: OWN_HEADERS, body: { method, path, query } };
  }
}

const refusal = (error: string, status = 400): StrictReply => ({
  status,
  body: { error, error_description: canary('DESCRIPTION') },
});
