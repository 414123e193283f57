import type { Emulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';

export interface RememberizerTokens {
  access_token: string;
  refresh_token?: string;
}

type Params = Record<string, string>;

/** What the sign-in page of Rememberizer asks of yating; the captcha is solved. */
export const YATING = { login: 'yating', password: 'moonlight-oolong', captcha: 'bicycle' };

/** The developer. */
export const WEICHEN = { login: 'weichen@example.com', password: 'harbour-bicycle', captcha: 'x' };

/** Mementos of yating. */
export const ALL = '301';
export const KYOTO = '302';
export const TEA = '303';

/** A browser in which somebody is signed in. */
export async function signedIn(base: string, user = YATING): Promise<Browser> {
  const browser = new Browser();
  await (await browser.open(`${base}/sign-in`)).submit('Sign in', user);
  return browser;
}

/** An OAuth client of Rememberizer, registered and well behaved unless a test says otherwise. */
export class RememberizerApp {
  readonly redirectUri = 'http://localhost:3000/oauth/callback';
  readonly otherRedirectUri = 'http://localhost:3000/oauth/callback/second';
  readonly landingPageUrl = 'http://localhost:3000/welcome?from=memory';
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;

  constructor(emulator: Emulator, name = 'Demo app') {
    const { baseUrl, control } = emulator.personas.rememberizer;
    const app = control.registerApp({
      name,
      landingPageUrl: this.landingPageUrl,
      redirectUris: [this.redirectUri, this.otherRedirectUri],
    });
    this.base = baseUrl;
    this.clientId = app.clientId;
    this.clientSecret = app.clientSecret;
  }

  /** The address a login begins at; `undefined` takes a parameter away. */
  authorizeUrl(changes: Record<string, string | undefined> = {}): string {
    const params = {
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: 'offline_access',
      state: 'the-state',
      ...changes,
    };
    const given = Object.entries(params).filter((entry): entry is [string, string] => !!entry[1]);
    return `${this.base}/api/v1/auth/oauth2/authorize/?${new URLSearchParams(given)}`;
  }

  /** Sign somebody in where needed: gives the page that asks for mementos. */
  async consent(
    options: { browser?: Browser; user?: Params; scope?: string } = {},
  ): Promise<Shown> {
    const browser = options.browser ?? new Browser();
    const page = await browser.open(
      this.authorizeUrl({ scope: options.scope ?? 'offline_access' }),
    );
    return page.heading === 'Sign in' ? page.submit('Sign in', options.user ?? YATING) : page;
  }

  /** Choose mementos and allow: gives the code. */
  async code(options: Parameters<RememberizerApp['consent']>[0] & { choice?: Params } = {}) {
    const consent = await this.consent(options);
    const away = await consent.submit('Allow', options.choice ?? { memento: ALL, memory: 'on' });
    return away.params.get('code') ?? '';
  }

  /** Log in, and redeem the code. */
  async tokens(options: Parameters<RememberizerApp['code']>[0] = {}): Promise<RememberizerTokens> {
    const response = await this.redeem(await this.code(options));
    return (await response.json()) as RememberizerTokens;
  }

  redeem(code: string, changes: Params = {}): Promise<Response> {
    const redirect_uri = this.redirectUri;
    return this.token({ grant_type: 'authorization_code', code, redirect_uri, ...changes });
  }

  refresh(refresh_token = '', changes: Params = {}): Promise<Response> {
    const redirect_uri = this.redirectUri;
    return this.token({ grant_type: 'refresh_token', refresh_token, redirect_uri, ...changes });
  }

  token(form: Params, init: RequestInit = {}): Promise<Response> {
    const credentials = { client_id: this.clientId, client_secret: this.clientSecret };
    const body = new URLSearchParams({ ...credentials, ...form });
    const url = `${this.base}/api/v1/auth/oauth2/token/`;
    return fetch(url, { method: 'POST', body, redirect: 'manual', ...init });
  }

  /** Call the API at a path below `/api/v1/`, with a JSON body where one is given. */
  async call(accessToken: string, path: string, body?: unknown): Promise<Response> {
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
    return fetch(`${this.base}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${accessToken}`, ...json },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
  }

  /** Read the API, which must answer 200. */
  async read<Body = Record<string, unknown>>(accessToken: string, path: string): Promise<Body> {
    const response = await this.call(accessToken, path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as Body;
  }
}
