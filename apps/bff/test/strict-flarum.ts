import { canary } from './canaries.ts';
import { readAuthorization, wayBack } from './strict-authorization.ts';
import { type StrictCall, type StrictReply, StrictServer } from './strict-server.ts';

type Endpoint = 'token' | 'user';

/** A user as `GET /api/user` describes one. */
export const SHUFEN = {
  id: 9,
  username: 'shufen',
  nickname: null as string | null,
  avatar_url: 'https://forum.example/assets/avatars/9.png' as string | null,
  email: 'shufen@example.com',
  is_email_confirmed: 1,
  joined_at: '2023-10-02T06:17:29.000000Z',
  last_seen_at: null as string | null,
  discussion_count: 3,
  comment_count: 14,
};

export type ForumUser = Partial<typeof SHUFEN>;

/** What it says to whom sends no token that it knows: HTTP 200, and nobody. */
export const GUEST = Object.fromEntries(Object.keys(SHUFEN).map((name) => [name, null]));

interface Grant {
  user: ForumUser;
  redirectUri: string;
}

/** The forum's plugin as its code shows it: HTTP 200 for everything, refresh tokens for one use. */
export class StrictFlarum extends StrictServer<Endpoint> {
  readonly clientId = 'client1';
  readonly clientSecret = canary('SECRET');
  readonly redirectUris: string[] = [];
  /** The folder that the forum is in; empty at the root of its host. */
  folder = '';
  expiresIn: unknown = '3600';
  scope: unknown = 'user.read';
  readonly #codes = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();
  readonly #access = new Map<string, Grant>();

  override get url(): string {
    return super.url + this.folder;
  }

  /** Somebody agrees: the path of the callback. */
  authorize(location: string, user: ForumUser = SHUFEN): string {
    const { redirectUri, scope, state } = this.#read(location);
    if (scope !== 'user.read') throw new Error(`asked for ${scope}`);
    const code = canary('CODE');
    this.#codes.set(code, { user, redirectUri });
    return wayBack(redirectUri, { code, state });
  }

  /** Somebody denies, and the forum says so. */
  deny(location: string): string {
    const { redirectUri, state } = this.#read(location);
    const said = { error: 'access_denied', error_description: canary('DESCRIPTION') };
    return wayBack(redirectUri, { ...said, state });
  }

  refreshes(): StrictCall<Endpoint>[] {
    return this.of('token').filter(({ form }) => form.get('grant_type') === 'refresh_token');
  }

  /** How often each refresh token was sent that was sent at all. */
  uses(): number[] {
    const counts = new Map<string, number>();
    for (const { form } of this.refreshes()) {
      const sent = form.get('refresh_token') ?? '';
      counts.set(sent, (counts.get(sent) ?? 0) + 1);
    }
    return [...counts.values()];
  }

  /** All access tokens end at once. */
  expireAccessTokens(): void {
    this.#access.clear();
  }

  protected endpointOf(method: string, path: string): Endpoint | undefined {
    if (`${method} ${path}` === `POST ${this.folder}/oauth/token`) return 'token';
    return `${method} ${path}` === `GET ${this.folder}/api/user` ? 'user' : undefined;
  }

  protected reply(call: StrictCall<Endpoint>): StrictReply {
    this.insist(!call.headers.cookie, `${call.endpoint} with a cookie`);
    this.insist(call.query === '', `${call.endpoint} with ${call.query}`);
    return call.endpoint === 'token' ? this.#token(call) : this.#user(call);
  }

  #read(location: string) {
    const { clientId, redirectUris } = this;
    const endpoint = `${this.url}/oauth/authorize`;
    return readAuthorization(location, { endpoint, clientId, redirectUris });
  }

  #token({ form, headers }: StrictCall<Endpoint>): StrictReply {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const names = [...form.keys()].sort().join(' ');
    const expected = isRefresh
      ? 'client_id client_secret grant_type refresh_token'
      : 'client_id client_secret code grant_type redirect_uri';
    const type = headers['content-type'] ?? '';
    this.insist(names === expected, `token request with ${names}`);
    this.insist(/^application\/x-www-form-urlencoded\b/.test(type), `token request as ${type}`);
    this.insist(headers.authorization === undefined, 'token request with Authorization');
    const given = `${form.get('client_id')} ${form.get('client_secret')}`;
    if (given !== `${this.clientId} ${this.clientSecret}`) return refusal('invalid_client');
    return isRefresh ? this.#renew(form) : this.#exchange(form);
  }

  #exchange(form: URLSearchParams): StrictReply {
    const grant = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (grant === undefined) return refusal('invalid_grant');
    if (grant.redirectUri !== form.get('redirect_uri')) return refusal('redirect_uri_mismatch');
    const refreshToken = canary('RT');
    this.#refresh.set(refreshToken, grant);
    return this.#issue(grant, { refresh_token: refreshToken });
  }

  #renew(form: URLSearchParams): StrictReply {
    const sent = form.get('refresh_token') ?? '';
    const grant = this.#refresh.get(sent);
    this.#refresh.delete(sent);
    return grant === undefined ? refusal('invalid_grant') : this.#issue(grant, {});
  }

  #issue(grant: Grant, more: object): StrictReply {
    const access = canary('AT');
    this.#access.set(access, grant);
    const { expiresIn: expires_in, scope } = this;
    const body = { access_token: access, expires_in, token_type: 'Bearer', scope, ...more };
    return { status: 200, body };
  }

  #user({ headers }: StrictCall<Endpoint>): StrictReply {
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return { status: 200, body: GUEST };
    const grant = this.#access.get(token);
    return grant === undefined ? refusal('invalid_token') : { status: 200, body: grant.user };
  }
}

const refusal = (error: string): StrictReply => ({
  status: 200,
  body: { error, error_description: canary('DESCRIPTION'), error_uri: 'http://tools.ietf.org/' },
});
