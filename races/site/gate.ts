import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { request } from 'undici';

/** A refresh that stands still at the gate until it is let go. */
export interface Held {
  /** Let it go on. */
  release(): void;
  /** Give it another end: this answer, whatever the provider says. */
  answer(status: number, body: object): void;
}

/** The road to the provider, on which a test can stop a refresh at the very place it is about. */
export interface Gate {
  origin: string;
  /**
   * Stop the next refresh before the provider gets it, or when it is done and its answer is on the
   * way. Resolves when it is there.
   */
  holdRefresh(where: 'request' | 'answer'): Promise<Held>;
  /** Refreshes that came by. */
  readonly refreshes: number;
  /** Calls of the provider's API that came by. */
  readonly calls: number;
  close(): Promise<void>;
}

interface Hold {
  where: 'request' | 'answer';
  onArrival: (held: Held) => void;
}

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Open a gate in front of a provider. */
export async function openGate(target: string): Promise<Gate> {
  const holds: Hold[] = [];
  let refreshes = 0;
  let calls = 0;

  const forward = async (req: IncomingMessage, body: string): Promise<Reply> => {
    const { host: _host, connection: _connection, ...headers } = req.headers;
    const method = req.method === 'POST' ? 'POST' : 'GET';
    const answer = await request(target + req.url, { method, headers, body: body || null });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  };
  const pass = async (req: IncomingMessage): Promise<Reply> => {
    const body = await text(req);
    if (!body.includes('grant_type=refresh_token')) {
      calls += 1;
      return forward(req, body);
    }
    refreshes += 1;
    const hold = holds.shift();
    if (hold === undefined) return forward(req, body);
    const reply = hold.where === 'answer' ? await forward(req, body) : undefined;
    const other = await stopped(hold);
    return other ?? reply ?? forward(req, body);
  };

  const server = createServer((req, res) => {
    pass(req).then(
      (reply) => send(res, reply),
      () => res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    holdRefresh: (where) => new Promise((onArrival) => holds.push({ where, onArrival })),
    get refreshes() {
      return refreshes;
    },
    get calls() {
      return calls;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Say that a refresh is there, and wait. @returns the answer that it gets instead, if any */
function stopped({ onArrival }: Hold): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    onArrival({
      release: () => resolve(undefined),
      answer: (status, body) =>
        resolve({
          status,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
    });
  });
}

function send(res: ServerResponse, { status, headers, body }: Reply): void {
  const { 'transfer-encoding': _encoding, connection: _connection, ...kept } = headers;
  const known = Object.entries(kept).filter(([, value]) => value !== undefined);
  res.writeHead(status, Object.fromEntries(known) as Record<string, string>);
  res.end(body);
}
