import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface StubAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is text. */
  body?: unknown;
}

export interface StubProvider extends AsyncDisposable {
  url: string;
  calls: ReceivedCall[];
}

/**
 * Start a provider on loopback that answers each call as told, for tests of the registration.
 *
 * @param answer null keeps the caller waiting
 */
export async function stubProvider(
  answer: (call: ReceivedCall) => StubAnswer | null,
): Promise<StubProvider> {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method = '', url: path = '', headers } = request;
    const call = { method, path, headers, body: text === '' ? null : JSON.parse(text) };
    calls.push(call);
    const given = answer(call);
    if (!given) return;
    response.writeHead(given.status ?? 200, given.headers);
    response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? null));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The documented answer to a call, with the secret `secret_s3cret`. */
export function documentedAnswer(call: ReceivedCall): StubAnswer {
  return {
    body: {
      success: true,
      message: 'created',
      data: {
        id: 1,
        client_id: 'client_abc123',
        client_secret: 'secret_s3cret',
        created_time: 1640995200,
        ...(call.body as object),
      },
    },
  };
}
