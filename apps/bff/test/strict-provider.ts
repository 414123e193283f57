import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canary, remember } from './canaries.ts';
import type { Answer } from './provider-answers.ts';
import { refusal, type StrictAccount, StrictTokens } from './strict-tokens.ts';

export type Endpoint = 'token' | 'userinfo' | 'topup' | 'other';

export interface Call {
  endpoint: Endpoint;
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  form: URLSearchParams;
}

const ENDPOINTS: Record<string, Endpoint> = {
  '/api/oauth2/token': 'token',
  '/api/oauth2/userinfo': 'userinfo',
  '/api/oauth2/topup': 'topup',
};

/**
 * AIHubMix as its documentation describes it, and nothing that is not documented: it refuses and
 * notes every deviation of the client, counts every call, and misbehaves when a test says so.
 */
export class StrictProvider {
  readonly clientId = 'client_abc123';
  readonly clientSecret = canary('SECRET');
  readonly calls: Call[] = [];
  /** What the client did that the documentation does not allow. */
  readonly violations: string[] = [];
  readonly tokens = new StrictTokens();
  redirectUris: string[] = [];
  port = 0;
  readonly #scripted = new Map<Endpoint, Answer[]>();
  readonly #standing = new Map<Endpoint, Answer>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listen, again at the same place after `close()`. */
  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Stop listening: who connects is refused. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Answer the next calls of an endpoint like this, one after the other. */
  next(endpoint: Endpoint, ...answers: Answer[]): void {
    this.#scripted.set(endpoint, [...(this.#scripted.get(endpoint) ?? []), ...answers]);
  }

  /** Answer every call of an endpoint like this until `behave()`. */
  always(endpoint: Endpoint, answer: Answer): void {
    this.#standing.set(endpoint, answer);
  }

  behave(): void {
    this.#scripted.clear();
    this.#standing.clear();
  }

  count(endpoint: Endpoint, grant?: 'authorization_code' | 'refresh_token'): number {
    return this.calls.filter(
      (call) =>
        call.endpoint === endpoint &&
        (grant === undefined || call.form.get('grant_type') === grant),
    ).length;
  }

  /** Somebody signs in on the provider's pages: from the authorize URL to the callback URL. */
  authorize(location: string, options: { error?: string; account?: StrictAccount } = {}): URL {
    const request = new URL(location);
    const ask = (name: string) => {
      const values = request.searchParams.getAll(name);
      if (values.length !== 1) throw new Error(`${name} is given ${values.length} times`);
      return values[0] as string;
    };
    if (request.origin !== this.url || request.pathname !== '/api/oauth2/authorize') {
      throw new Error(`not the authorize endpoint: ${location}`);
    }
    if (ask('client_id') !== this.clientId) throw new Error('wrong client_id');
    if (ask('response_type') !== 'code') throw new Error('wrong response_type');
    const redirectUri = ask('redirect_uri');
    if (!this.redirectUris.includes(redirectUri)) throw new Error(`not registered: ${redirectUri}`);
    const state = remember('STATE', ask('state'));
    const callback = new URL(redirectUri);
    if (options.error === undefined) {
      const scope = ask('scope');
      const challenge = request.searchParams.get('code_challenge');
      const { account } = options;
      const granted = { redirectUri, scope, challenge, ...(account ? { account } : {}) };
      callback.searchParams.set('code', this.tokens.issueCode(granted));
    } else callback.searchParams.set('error', options.error);
    callback.searchParams.set('state', state);
    return callback;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await this.#record(request);
    const proceed = () => this.#answer(call, response);
    const answer = this.#scripted.get(call.endpoint)?.shift() ?? this.#standing.get(call.endpoint);
    if (answer) await answer({ request, response, proceed });
    else proceed();
  }

  async #record(request: IncomingMessage): Promise<Call> {
    const url = request.url ?? '';
    let body = '';
    for await (const chunk of request) body += chunk;
    const call: Call = {
      endpoint: ENDPOINTS[url] ?? 'other',
      method: request.method ?? '',
      url,
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      form: new URLSearchParams(body),
    };
    this.calls.push(call);
    return call;
  }

  #answer(call: Call, response: ServerResponse): void {
    if (call.endpoint === 'other') this.violations.push(`unknown call ${call.method} ${call.url}`);
    const { status, body } =
      call.endpoint === 'token' ? this.#token(call) : this.#resource(call, call.endpoint);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  #token(call: Call): { status: number; body: unknown } {
    const wrong = this.#wrongTokenRequest(call);
    if (wrong !== undefined) {
      this.violations.push(wrong);
      return refusal(400, 'invalid_request');
    }
    const given = `${call.form.get('client_id')} ${call.form.get('client_secret')}`;
    if (given !== `${this.clientId} ${this.clientSecret}`) return refusal(401, 'invalid_client');
    return this.tokens.grant(call.form);
  }

  #wrongTokenRequest(call: Call): string | undefined {
    const names = [...call.form.keys()]
      .filter((name) => name !== 'code_verifier')
      .sort()
      .join(' ');
    const expected =
      call.form.get('grant_type') === 'refresh_token'
        ? 'client_id client_secret grant_type refresh_token'
        : 'client_id client_secret code grant_type redirect_uri';
    if (call.method !== 'POST') return `token request by ${call.method}`;
    if (!/^application\/x-www-form-urlencoded\b/.test(call.headers['content-type'] ?? ''))
      return `token request with the type ${call.headers['content-type']}`;
    if (call.headers.authorization !== undefined) return 'token request with Authorization';
    if (call.headers.cookie !== undefined) return 'token request with Cookie';
    if (names !== expected) return `token request with the parameters ${names}`;
    return undefined;
  }

  #resource(call: Call, endpoint: Endpoint): { status: number; body: unknown } {
    if (call.method !== 'GET') this.violations.push(`${endpoint} by ${call.method}`);
    const bearer = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    const account = this.tokens.accountOf(bearer);
    if (!account) return refusal(401, 'invalid_token');
    if (endpoint === 'userinfo') return { status: 200, body: account };
    if (endpoint === 'topup')
      return { status: 200, body: { topup_url: `${this.url}/console/topup?ticket=abc` } };
    return refusal(404, 'not_found');
  }
}
