import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { leaks } from './canaries.ts';
import type { Answer } from './provider-answers.ts';

/** A call as it came in. */
export interface StrictCall<Endpoint extends string> {
  endpoint: Endpoint | 'unknown';
  method: string;
  /** As it stands in the request line. */
  url: string;
  path: string;
  query: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  form: URLSearchParams;
}

export interface StrictReply {
  status: number;
  /** Sent as JSON; without it the answer has no body. */
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

/** Headers that a call of ours may have; a protocol library may name itself. */
const OURS = [
  ...['host', 'connection', 'accept', 'accept-encoding', 'user-agent'],
  ...['content-type', 'content-length', 'authorization', 'cookie'],
];

/**
 * A provider written from its documents alone: it answers what they describe, notes every deviation
 * of the client, counts every call, and misbehaves when a test says so.
 */
export abstract class StrictServer<Endpoint extends string> {
  readonly calls: StrictCall<Endpoint>[] = [];
  /** What the client did that the documents do not allow. */
  readonly violations: string[] = [];
  port = 0;
  readonly #scripted = new Map<Endpoint, Answer[]>();
  readonly #standing = new Map<Endpoint, Answer>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  protected abstract endpointOf(method: string, path: string): Endpoint | undefined;
  protected abstract reply(call: StrictCall<Endpoint>): StrictReply;

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

  of(endpoint: Endpoint): StrictCall<Endpoint>[] {
    return this.calls.filter((call) => call.endpoint === endpoint);
  }

  count(endpoint: Endpoint): number {
    return this.of(endpoint).length;
  }

  /** Note as a violation what does not hold. */
  protected insist(holds: boolean, what: string): boolean {
    if (!holds) this.violations.push(what);
    return holds;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await this.#record(request);
    this.#inspect(call);
    const proceed = () => send(response, this.#replyTo(call));
    if (call.endpoint === 'unknown') {
      proceed();
      return;
    }
    const scripted = this.#scripted.get(call.endpoint)?.shift();
    const told = scripted ?? this.#standing.get(call.endpoint);
    if (told) await told({ request, response, proceed });
    else proceed();
  }

  #replyTo(call: StrictCall<Endpoint>): StrictReply {
    return call.endpoint === 'unknown' ? { status: 404, body: {} } : this.reply(call);
  }

  async #record(request: IncomingMessage): Promise<StrictCall<Endpoint>> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url = '', method = '', headers } = request;
    const [path = '', query = ''] = url.split('?');
    const body = Buffer.concat(chunks);
    const call: StrictCall<Endpoint> = {
      ...{ endpoint: this.endpointOf(method, path) ?? 'unknown', method, url, path, query },
      ...{ headers, body, form: new URLSearchParams(body.toString()) },
    };
    this.calls.push(call);
    return call;
  }

  /** What no provider may see, whatever is called. */
  #inspect({ endpoint, method, url, path, headers, body }: StrictCall<Endpoint>): void {
    const where = `${method} ${path}`;
    this.insist(endpoint !== 'unknown', `${where}: no such call`);
    this.insist(leaks(url).length === 0, `${where}: a secret in the address`);
    this.insist(headers.host === new URL(this.url).host, `${where}: for ${headers.host}`);
    this.insist(method !== 'GET' || body.length === 0, `${where}: a body`);
    const encoding = headers['accept-encoding'] ?? 'identity';
    this.insist(encoding === 'identity', `${where}: accepts ${encoding}`);
    const sent = JSON.stringify(headers);
    this.insist(leaks(sent, ['COOKIE', 'STATE']).length === 0, `${where}: the browser's cookie`);
    this.insist(!sent.includes('Mozilla'), `${where}: the browser's name`);
    const more = Object.keys(headers).filter((name) => !OURS.includes(name));
    this.insist(more.length === 0, `${where}: the headers ${more}`);
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: StrictReply): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
