import type { Emulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { YATING } from './demo-users.ts';

type Params = Record<string, string | undefined>;

/** What the token endpoint says, good or bad. */
export interface TokenAnswer {
  access_token: string;
  expires_in: string | number;
  token_type: string;
  scope: string;
  refresh_token: string;
  error?: string;
  error_description?: string;
}

interface Visit {
  browser?: Browser;
  user?: Record<string, string>;
  params?: Params;
}

/** A client of the emulator's forum, well behaved unless a test says otherwise. */
export class FlarumClient {
  readonly redirectUri = 'http://localhost:3000/oauth/callback/flarum';
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;

  constructor(emulator: Emulator, registration: { [name: string]: string } = {}) {
    const { baseUrl, control } = emulator.personas.flarum;
    const { redirectUri } = this;
    const app = control.registerApp({ name: 'Night Library', redirectUri, ...registration });
    this.base = baseUrl;
    this.clientId = app.clientId;
    this.clientSecret = app.clientSecret;
  }

  /** The address a login begins at; `undefined` takes a parameter away. */
  authorizeUrl(changes: Params = {}): string {
    return `${this.base}/oauth/authorize?${withoutUndefined({ ...this.#request(), ...changes })}`;
  }

  /** Log somebody in and show them the consent page. */
  async consentPage({ browser = new Browser(), user = YATING, params }: Visit = {}) {
    const page = await browser.open(this.authorizeUrl(params));
    return page.heading === 'Log In' ? page.submit('Log In', user) : page;
  }

  /** Let somebody agree: gives what the callback gets. */
  async login(visit: Visit = {}): Promise<Shown> {
    return (await this.consentPage(visit)).submit('Agree');
  }

  async code(visit: Visit = {}): Promise<string> {
    return (await this.login(visit)).params.get('code') ?? '';
  }

  /** Log in, and redeem the code. */
  async tokens(visit: Visit = {}): Promise<TokenAnswer> {
    return this.redeem(await this.code(visit));
  }

  redeem(code: string, changes: Params = {}): Promise<TokenAnswer> {
    const { redirectUri: redirect_uri } = this;
    return this.ask({ grant_type: 'authorization_code', code, redirect_uri, ...changes });
  }

  refresh(refresh_token: string, changes: Params = {}): Promise<TokenAnswer> {
    return this.ask({ grant_type: 'refresh_token', refresh_token, ...changes });
  }

  /** Send a token request with the client's credentials in it, and read the answer. */
  async ask(form: Params, init: RequestInit = {}): Promise<TokenAnswer> {
    return (await (await this.token(form, init)).json()) as TokenAnswer;
  }

  /** Send a token request; `undefined` takes a parameter away. */
  token(form: Params, init: RequestInit = {}): Promise<Response> {
    const credentials = { client_id: this.clientId, client_secret: this.clientSecret };
    const body = withoutUndefined({ ...credentials, ...form });
    return fetch(`${this.base}/oauth/token`, { method: 'POST', body, ...init });
  }

  /** Ask who a token is; it goes into the header. */
  user(accessToken: string): Promise<Response> {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return fetch(`${this.base}/api/user`, { headers });
  }

  async userBody(accessToken: string): Promise<Record<string, unknown>> {
    return (await (await this.user(accessToken)).json()) as Record<string, unknown>;
  }

  /** Send the consent form without looking at the page. */
  answer(browser: Browser, changes: Params = {}): Promise<Response> {
    const body = withoutUndefined({ ...this.#request(), is_authorized: 'true', ...changes });
    return browser.request(`${this.base}/oauth/authorize`, { method: 'POST', body });
  }

  #request(): Params {
    return {
      client_id: this.clientId,
      response_type: 'code',
      redirect_uri: this.redirectUri,
      scope: 'user.read',
      state: 'the-state',
    };
  }
}

/** A browser in which somebody is logged in at the forum. */
export async function loggedIn(base: string, user = YATING): Promise<Browser> {
  const browser = new Browser();
  await (await browser.open(`${base}/login`)).submit('Log In', user);
  return browser;
}

function withoutUndefined(params: Params): URLSearchParams {
  const given = Object.entries(params).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return new URLSearchParams(given);
}
