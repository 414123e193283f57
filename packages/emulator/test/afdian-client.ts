import type { Emulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { YATING } from './demo-users.ts';

type Params = Record<string, string | undefined>;

/** The envelope of every answer. */
export interface Envelope {
  ec: number;
  em: string;
  data: Record<string, string>;
}

/** A client of the emulator's Afdian, well behaved unless a test says otherwise. */
export class AfdianClient {
  readonly redirectUri = 'http://localhost:3000/oauth/callback/afdian';
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;

  constructor(emulator: Emulator, name = 'Night Library') {
    const { baseUrl, control } = emulator.personas.afdian;
    const app = control.registerApp({ name, redirectUri: this.redirectUri });
    this.base = baseUrl;
    this.clientId = app.clientId;
    this.clientSecret = app.clientSecret;
  }

  /** The address a login begins at; `undefined` takes a parameter away. */
  authorizeUrl(changes: Params = {}): string {
    const params = {
      response_type: 'code',
      scope: 'basic',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      state: 'the-state',
      ...changes,
    };
    return `${this.base}/oauth2/authorize?${withoutUndefined(params)}`;
  }

  /** Sign somebody in and show them the question. */
  async question(options: { browser?: Browser; user?: Record<string, string> } = {}) {
    const browser = options.browser ?? new Browser();
    const page = await browser.open(this.authorizeUrl());
    return page.heading === 'Sign in' ? page.submit('Sign in', options.user ?? YATING) : page;
  }

  /** Let somebody agree: gives what the callback gets. */
  async login(options: { browser?: Browser; user?: Record<string, string> } = {}): Promise<Shown> {
    return (await this.question(options)).submit('Agree');
  }

  async code(options: { browser?: Browser; user?: Record<string, string> } = {}): Promise<string> {
    return (await this.login(options)).params.get('code') ?? '';
  }

  /** Send the token request; `undefined` takes a parameter away. */
  redeem(code: string, changes: Params = {}, init: RequestInit = {}): Promise<Response> {
    const form = {
      grant_type: 'authorization_code',
      client_id: this.clientId,
      client_secret: this.clientSecret,
      code,
      redirect_uri: this.redirectUri,
      ...changes,
    };
    const url = `${this.base}/api/oauth2/access_token`;
    return fetch(url, { method: 'POST', body: withoutUndefined(form), ...init });
  }

  /** Send the token request, and read its envelope. */
  async ask(code: string, changes: Params = {}, init: RequestInit = {}): Promise<Envelope> {
    return (await (await this.redeem(code, changes, init)).json()) as Envelope;
  }
}

/** A browser in which somebody is signed in at Afdian. */
export async function signedInAtAfdian(base: string, user = YATING): Promise<Browser> {
  const browser = new Browser();
  await (await browser.open(`${base}/login`)).submit('Sign in', user);
  return browser;
}

function withoutUndefined(params: Params): URLSearchParams {
  const given = Object.entries(params).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return new URLSearchParams(given);
}
