import { canary } from './canaries.ts';
import { readAuthorization, wayBack } from './strict-authorization.ts';
import { type StrictCall, type StrictReply, StrictServer } from './strict-server.ts';

type Endpoint = 'token' | 'profile';

/** A user as the token answer names one; name and picture are not in the document. */
export interface Fan {
  user_id: string;
  user_private_id: string;
  name?: string;
  avatar?: string;
}

export const LING: Fan = {
  user_id: 'adf397fe8374811eaacee52540025c377',
  user_private_id: '33f4a4e1b0f9c7f6a3d1b2c3d4e5f607',
};
export const BO: Fan = {
  user_id: '0b1c2d3e4f5061728394a5b6c7d8e9f0',
  user_private_id: 'ffeeddccbbaa99887766554433221100',
};

const PICTURE = 'https://pic1.afdiancdn.com/user/u.jpg';

/** Somebody as the public profile shows them. */
export const shown = (userId: string) => ({
  user: {
    user_id: userId,
    name: `Public ${userId.slice(0, 4)}`,
    avatar: PICTURE,
    cover: '',
    url_slug: 's',
  },
});

/** Afdian as its document shows it: an envelope with HTTP 200, and the identity in place of tokens. */
export class StrictAfdian extends StrictServer<Endpoint> {
  readonly clientId = 'night-library';
  readonly clientSecret = canary('SECRET');
  readonly redirectUris: string[] = [];
  readonly #codes = new Map<string, { fan: Fan; redirectUri: string }>();

  /** Somebody agrees: the path of the callback. */
  authorize(location: string, fan: Fan = LING): string {
    const { clientId, redirectUris } = this;
    const endpoint = `${this.url}/oauth2/authorize`;
    const { redirectUri, scope, state } = readAuthorization(location, {
      endpoint,
      clientId,
      redirectUris,
    });
    if (scope !== 'basic') throw new Error(`asked for ${scope}`);
    const code = canary('CODE');
    this.#codes.set(code, { fan, redirectUri });
    return wayBack(redirectUri, { code, state });
  }

  protected endpointOf(method: string, path: string): Endpoint | undefined {
    if (`${method} ${path}` === 'POST /api/oauth2/access_token') return 'token';
    return `${method} ${path}` === 'GET /api/user/get-profile' ? 'profile' : undefined;
  }

  protected reply(call: StrictCall<Endpoint>): StrictReply {
    const { endpoint, headers } = call;
    this.insist(!headers.cookie && !headers.authorization, `${endpoint} with credentials`);
    return endpoint === 'token' ? this.#token(call) : this.#profile(call);
  }

  #token({ form, headers }: StrictCall<Endpoint>): StrictReply {
    const names = [...form.keys()].sort().join(' ');
    const type = headers['content-type'] ?? '';
    this.insist(
      names === 'client_id client_secret code grant_type redirect_uri',
      `token request with ${names}`,
    );
    this.insist(form.get('grant_type') === 'authorization_code', `${form.get('grant_type')}`);
    this.insist(/^application\/x-www-form-urlencoded\b/.test(type), `token request as ${type}`);
    const given = `${form.get('client_id')} ${form.get('client_secret')}`;
    const code = form.get('code') ?? '';
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    const fits = known?.redirectUri === form.get('redirect_uri');
    if (given !== `${this.clientId} ${this.clientSecret}` || known === undefined || !fits)
      return envelope({ error: canary('DESCRIPTION') }, 400);
    return envelope(known.fan);
  }

  #profile({ query }: StrictCall<Endpoint>): StrictReply {
    const asked = new URLSearchParams(query);
    this.insist([...asked.keys()].join() === 'user_id', `profile with ${query}`);
    const known = [LING, BO].find(({ user_id }) => user_id === asked.get('user_id'));
    return known ? envelope(shown(known.user_id)) : envelope({}, 404);
  }
}

function envelope(data: unknown, ec = 200): StrictReply {
  return { status: 200, body: { ec, em: ec === 200 ? 'ok' : canary('DESCRIPTION'), data } };
}
