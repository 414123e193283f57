import type { Emulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { YATING } from './demo-users.ts';

export interface Tokens {
  access_token: string;
  token_type: string;
  expires_in: number;
  refresh_token: string;
  scope: string;
}

type Params = Record<string, string>;

/** An OAuth client of the emulator, registered and well behaved unless a test says otherwise. */
export class DemoApp {
  readonly redirectUri = 'http://localhost:3000/oauth/callback';
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;

  constructor(emulator: Emulator, name = 'Demo app') {
    const app = emulator.control.registerApp({ name, redirectUri: this.redirectUri });
    this.base = emulator.personas.aihubmix.baseUrl;
    this.clientId = app.clientId;
    this.clientSecret = app.clientSecret;
  }

  /** The address a login begins at; `undefined` takes a parameter away. */
  authorizeUrl(changes: Record<string, string | undefined> = {}): string {
    const params = {
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: 'profile balance',
      state: 'the-state',
      ...changes,
    };
    const given = Object.entries(params).filter((entry): entry is [string, string] => !!entry[1]);
    return `${this.base}/api/oauth2/authorize?${new URLSearchParams(given)}`;
  }

  /** Sign somebody in and let the consent page be skipped: gives what the callback gets. */
  async login(options: { browser?: Browser; user?: Params; scope?: string } = {}): Promise<Shown> {
    const browser = options.browser ?? new Browser();
    const scope = options.scope ?? 'profile balance';
    const page = await browser.open(this.authorizeUrl({ auto_authorize: 'true', scope }));
    return page.heading === 'Sign in' ? page.submit('Sign in', options.user ?? YATING) : page;
  }

  async code(options: { browser?: Browser; scope?: string } = {}): Promise<string> {
    return (await this.login(options)).params.get('code') ?? '';
  }

  /** Log in, and redeem the code. */
  async tokens(options: { browser?: Browser; scope?: string } = {}): Promise<Tokens> {
    const response = await this.redeem(await this.code(options));
    return (await response.json()) as Tokens;
  }

  redeem(code: string, changes: Params = {}): Promise<Response> {
    const redirect_uri = this.redirectUri;
    return this.token({ grant_type: 'authorization_code', code, redirect_uri, ...changes });
  }

  refresh(refresh_token: string, changes: Params = {}): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token, ...changes });
  }

  token(form: Params, init: RequestInit = {}): Promise<Response> {
    const credentials = { client_id: this.clientId, client_secret: this.clientSecret };
    const body = new URLSearchParams({ ...credentials, ...form });
    return fetch(`${this.base}/api/oauth2/token`, { method: 'POST', body, ...init });
  }

  get(endpoint: 'userinfo' | 'topup', accessToken: string, init: RequestInit = {}) {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return fetch(`${this.base}/api/oauth2/${endpoint}`, { headers, redirect: 'manual', ...init });
  }
}
