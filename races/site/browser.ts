import { createHash } from 'node:crypto';
import type { DemoUser } from '@cloakroom/emulator';
import { Agent, type Dispatcher, request } from 'undici';
import type { Node, Site } from './site.ts';

/** What came back from the site. */
export interface Answer {
  /** 0 where the connection broke. */
  status: number;
  location: string;
  cookies: string[];
  body: string;
  /** The member `error` of problem details. */
  error: string | undefined;
  node: Node;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** Somebody's browser: one cookie of a session, and one of the provider. */
export class Browser {
  readonly site: Site;
  readonly user: DemoUser;
  /** `name=value` of the session cookie, while there is one. */
  ticket: string | undefined;
  #provider: string | undefined;
  readonly #agent: Agent;

  /** @param agent keeps connections between requests; absent: each request has one of its own */
  constructor(site: Site, user: DemoUser, agent: Agent = new Agent({ pipelining: 0 })) {
    this.site = site;
    this.user = user;
    this.#agent = agent;
  }

  /** Hash of the session id: the name of the session in Redis and in lists. */
  get handle(): string {
    return handleOf(this.ticket ?? '');
  }

  /** Call as the page's own script does, with this browser's ticket or another one. */
  call(node: Node, path: string, options: { method?: Method; ticket?: string } = {}) {
    const { method = 'GET', ticket = this.ticket } = options;
    const headers = {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      'x-csrf': '1',
      ...(ticket !== undefined && { cookie: ticket }),
    };
    return this.#send(node, { path, method, headers });
  }

  userInfo(node: Node, ticket = this.ticket): Promise<Answer> {
    return this.call(node, '/api/user/info', ticket === undefined ? {} : { ticket });
  }

  /** Sign in: from one process to the provider and back to another. */
  async login(start: Node, callback: Node = start): Promise<Answer> {
    const begun = await this.begin(start);
    return begun.status === 302 ? this.comeBack(callback, begun) : begun;
  }

  /** Go to the provider, and stop before the way back: that is `location`. */
  async begin(node: Node): Promise<Answer> {
    this.#provider ??= await signInAtProvider(this.site, this.user);
    const begun = await this.#open(node, '/auth/oauth/start', this.ticket ?? '');
    if (begun.status !== 302) return begun;
    const { pathname, search } = new URL(begun.location);
    const consent = await request(this.site.emulator.url + pathname + search, {
      headers: { cookie: this.#provider },
    });
    await consent.body.dump();
    return { ...begun, location: String(consent.headers.location) };
  }

  /** Come back from the provider. */
  async comeBack(node: Node, { location, cookies }: Answer): Promise<Answer> {
    const { pathname, search } = new URL(location);
    const attempt = cookies.find((cookie) => cookie.startsWith('cloakroom-login')) ?? '';
    const back = await this.#open(node, pathname + search, attempt);
    const ticket = back.cookies.find((cookie) => cookie.startsWith('cloakroom='));
    if (ticket !== undefined) this.ticket = ticket;
    return back;
  }

  #open(node: Node, path: string, cookie: string): Promise<Answer> {
    const headers = {
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      cookie,
    };
    return this.#send(node, { path, method: 'GET', headers });
  }

  async #send(
    node: Node,
    { path, method, headers }: { path: string; method: Method; headers: Record<string, string> },
  ): Promise<Answer> {
    try {
      const answer = await request(`http://127.0.0.1:${node.port}${path}`, {
        method,
        headers: { ...headers, host: new URL(this.site.origin).host },
        dispatcher: this.#agent,
        headersTimeout: 40_000,
      });
      return await read(answer, node);
    } catch (error) {
      const { code = String(error) } = error as { code?: string };
      return { status: 0, location: '', cookies: [], body: '', error: code, node };
    }
  }
}

/** Hash of the session id that a session cookie carries. */
export function handleOf(ticket: string): string {
  const [, id = ''] = /=s(?::|%3A)([\w-]+)\./.exec(ticket) ?? [];
  return createHash('sha256').update(id).digest('base64url');
}

async function read(answer: Dispatcher.ResponseData, node: Node): Promise<Answer> {
  const { statusCode: status, headers } = answer;
  const body = await answer.body.text();
  const problem = String(headers['content-type']).startsWith('application/problem+json');
  return {
    status,
    location: String(headers.location ?? ''),
    cookies: [headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 1)[0] ?? ''),
    body,
    error: problem ? JSON.parse(body).error : undefined,
    node,
  };
}

/** Sign in on the provider's own page. @returns the provider's cookie */
async function signInAtProvider({ emulator }: Site, { username, password }: DemoUser) {
  const page = `${emulator.personas.aihubmix.baseUrl}/sign-in`;
  const form = await request(page);
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(await form.body.text()) ?? [];
  const answer = await request(page, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: cookieOf(form),
    },
    body: new URLSearchParams({ csrf, username, password }).toString(),
  });
  await answer.body.dump();
  if (answer.statusCode !== 302) throw new Error(`sign-in of ${username}: ${answer.statusCode}`);
  return cookieOf(answer);
}

function cookieOf({ headers }: Dispatcher.ResponseData): string {
  return String([headers['set-cookie'] ?? []].flat()[0]).split(';', 1)[0] ?? '';
}
