import * as client from 'openid-client';
import type { Emulator } from '../src/emulator.ts';
import { Browser, type Shown } from './browser.ts';
import { YATING } from './demo-users.ts';

type Oidc = Emulator['personas']['oidc'];
type Params = Record<string, string>;
type AppRequest = Parameters<Oidc['control']['registerApp']>[0];

/** What a login goes by: what was sent, and what has to come back with it. */
export interface Attempt {
  url: string;
  verifier: string;
  state: string;
  nonce: string;
}

export interface LoginOptions {
  browser?: Browser;
  user?: Params;
  /** What the authorization request has besides; an empty string takes a parameter away. */
  params?: Params;
}

/** A relying party as `openid-client` makes it: a certified one, that checks all there is to check. */
export class RelyingParty {
  readonly redirectUri = 'http://localhost:3000/oauth/callback';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly config: client.Configuration;
  readonly #oidc: Oidc;

  private constructor(oidc: Oidc, config: client.Configuration) {
    const { client_id: clientId, client_secret: clientSecret } = config.clientMetadata();
    this.clientId = clientId;
    this.clientSecret = String(clientSecret);
    this.config = config;
    this.#oidc = oidc;
  }

  static async register(
    oidc: Oidc,
    request: Partial<AppRequest> = {},
    authentication?: client.ClientAuth,
  ): Promise<RelyingParty> {
    const redirectUri = 'http://localhost:3000/oauth/callback';
    const app = oidc.control.registerApp({ name: 'Demo app', redirectUri, ...request });
    const metadata = { client_secret: app.clientSecret };
    const config = await client.discovery(
      new URL(oidc.baseUrl),
      app.clientId,
      metadata,
      authentication ?? client.ClientSecretBasic(app.clientSecret),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    return new RelyingParty(oidc, config);
  }

  /** Begin a login; the address is of an authorization request, pushed before if asked for. */
  async begin(params: Params = {}, { push = false } = {}): Promise<Attempt> {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const all: Params = {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...params,
    };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const url = push
      ? await client.buildAuthorizationUrlWithPAR(this.config, given)
      : client.buildAuthorizationUrl(this.config, given);
    return { url: url.href, verifier, state, nonce };
  }

  /** Go through the pages that stand in the way: sign in, agree. */
  async pass(attempt: Attempt, options: LoginOptions = {}): Promise<Shown> {
    const { browser = new Browser(), user = YATING } = options;
    let page = await browser.open(attempt.url);
    if (page.heading === 'Sign in') page = await page.submit('Sign in', user);
    if (page.heading.endsWith('would like to know you')) page = await page.submit('Agree');
    return page;
  }

  /** Redeem what came back, with every check there is. */
  finish(attempt: Attempt, callback: string) {
    return client.authorizationCodeGrant(this.config, new URL(callback), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
  }

  /** Log somebody in, all the way. */
  async login(options: LoginOptions = {}) {
    const attempt = await this.begin(options.params);
    const { url } = await this.pass(attempt, options);
    return this.finish(attempt, url);
  }

  /** Log somebody in who gives a refresh token as well. */
  async loginOffline(options: LoginOptions = {}) {
    const params = { scope: 'openid profile email offline_access', prompt: 'consent' };
    const tokens = await this.login({ ...options, params: { ...params, ...options.params } });
    return Object.assign(tokens, { refresh_token: String(tokens.refresh_token) });
  }

  refresh(refreshToken: string) {
    return client.refreshTokenGrant(this.config, refreshToken);
  }

  /** Call the token endpoint by hand. */
  token(form: Params): Promise<Response> {
    const basic = Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64');
    return fetch(`${this.#oidc.baseUrl}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    });
  }

  userinfo(accessToken: string): Promise<Response> {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return fetch(`${this.#oidc.baseUrl}/userinfo`, { headers });
  }
}

/** Read a token without any check. */
export function partsOf(token: string | undefined): {
  header: Params;
  claims: Record<string, unknown>;
} {
  const [header = '', claims = ''] = (token ?? '').split('.');
  const parse = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: parse(header), claims: parse(claims) };
}
