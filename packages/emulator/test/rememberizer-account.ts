/** What the account API asks at a sign-in of yating. */
export const SIGN_IN = {
  login: 'yating@example.com',
  password: 'moonlight-oolong',
  captcha: 'recaptcha',
};

export interface AuthCookies {
  access_token: string;
  refresh_token: string;
}

export interface Call {
  body?: unknown;
  cookie?: string;
  bearer?: string;
}

/** A caller of Rememberizer's account API, as a server is one: it keeps no cookie by itself. */
export class AccountApi {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** POST to `/api/v1/auth/<name>/`. */
  post(name: string, { body, cookie, bearer }: Call = {}): Promise<Response> {
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(cookie !== undefined && { Cookie: cookie }),
      ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
    };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(`${this.base}/api/v1/auth/${name}/`, { method: 'POST', headers, ...json });
  }

  /** Sign in, and take the cookies. */
  async signIn(as: Partial<typeof SIGN_IN> = {}): Promise<AuthCookies> {
    const response = await this.post('signin', { body: { ...SIGN_IN, ...as } });
    if (response.status !== 204) throw new Error(`signin: ${response.status}`);
    return cookiesOf(response);
  }

  refresh(refreshToken: string): Promise<Response> {
    return this.post('custom-refresh', { cookie: `refresh_token=${refreshToken}` });
  }

  /** Ask who a token speaks for. */
  me(bearer: string, path = 'me'): Promise<Response> {
    const headers = { Authorization: `Bearer ${bearer}` };
    return fetch(`${this.base}/api/v1/${path}/`, { headers });
  }
}

/** The values of the cookies of an answer, by their names. */
export function cookiesOf(response: Response): AuthCookies {
  const pairs = response.headers
    .getSetCookie()
    .map((line) => (line.split(';')[0] ?? '').split('='));
  return Object.fromEntries(pairs);
}
