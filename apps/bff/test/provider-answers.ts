import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** One call at the provider: what came in, and the answer that the strict provider would give. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  proceed: () => void;
}

/** What the provider does instead of what it should. */
export type Answer = (exchange: Exchange) => void | Promise<void>;

/** Answer with this text, whatever is asked. */
export function text(status: number, type: string, body: string): Answer {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

/** Answer with this value as JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return ({ response }) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value));
  };
}

/** Answer as it should be, but with these headers too. */
export function withHeaders(headers: Record<string, string | string[]>): Answer {
  return ({ response, proceed }) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    proceed();
  };
}

/** Think for a while, then answer as told. */
export function after(milliseconds: number, answer: Answer = ({ proceed }) => proceed()): Answer {
  return async (exchange) => {
    await delay(milliseconds);
    await answer(exchange);
  };
}

export const hang: Answer = () => {};

export const reset: Answer = ({ request }) => {
  request.socket.resetAndDestroy();
};

/** Send the head and the first bytes, then break the connection. */
export const breakInTheMiddle: Answer = ({ request, response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"id": 1', () => setTimeout(() => request.socket.destroy(), 20));
};

/** Send the head, then a byte now and then, without end. */
export const drip: Answer = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":"');
  const timer = setInterval(() => response.write('x'), 100);
  response.on('close', () => clearInterval(timer));
};

/** Send JSON without end, as fast as it is taken. */
export const huge: Answer = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"username":"');
  const chunk = 'x'.repeat(65_536);
  let sent = 0;
  const more = () => {
    while (!response.destroyed && sent < 64_000_000) {
      sent += chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end('"}');
  };
  response.on('drain', more);
  more();
};

export function redirectTo(status: number, url: string): Answer {
  return ({ response }) => {
    response.writeHead(status, { location: url }).end();
  };
}
