import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Answer } from './provider-answers.ts';

export interface ReceivedCall<Endpoint extends string> {
  endpoint: Endpoint;
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  form: URLSearchParams;
}

export interface JsonAnswer {
  status: number;
  /** Nothing at all where it is absent. */
  body?: unknown;
}

/** A server on loopback that counts every call, and answers as a test says instead of as it should. */
export abstract class ScriptedServer<Endpoint extends string> {
  readonly calls: ReceivedCall<Endpoint>[] = [];
  #port = 0;
  readonly #scripted = new Map<Endpoint, Answer[]>();
  readonly #standing = new Map<Endpoint, Answer>();
  readonly #server: Server;
  readonly #root: string;

  /** @param tls the files of a certificate for `localhost`, where it speaks https */
  constructor(tls?: { cert: string; key: string }) {
    const listener = (request: IncomingMessage, response: ServerResponse) =>
      void this.#serve(request, response);
    this.#root = tls ? 'https://localhost' : 'http://127.0.0.1';
    this.#server = tls
      ? createTlsServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, listener)
      : createServer(listener);
  }

  protected abstract endpointOf(path: string, form: URLSearchParams): Endpoint;
  protected abstract answerOf(call: ReceivedCall<Endpoint>): JsonAnswer;

  get origin(): string {
    return `${this.#root}:${this.#port}`;
  }

  /** Listen, again at the same place after `close()`. */
  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
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

  count(endpoint: Endpoint): number {
    return this.of(endpoint).length;
  }

  of(endpoint: Endpoint): ReceivedCall<Endpoint>[] {
    return this.calls.filter((call) => call.endpoint === endpoint);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await this.#record(request);
    const proceed = () => {
      const { status, body } = this.answerOf(call);
      const type = { 'content-type': 'application/json' };
      response.writeHead(status, type).end(body === undefined ? '' : JSON.stringify(body));
    };
    const answer = this.#scripted.get(call.endpoint)?.shift() ?? this.#standing.get(call.endpoint);
    if (answer) await answer({ request, response, proceed });
    else proceed();
  }

  async #record(request: IncomingMessage): Promise<ReceivedCall<Endpoint>> {
    const { url = '', method = '', headers } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const endpoint = this.endpointOf(url.split('?')[0] ?? '', form);
    const call = { endpoint, method, url, headers, form };
    this.calls.push(call);
    return call;
  }
}
