import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer that went to the browser. */
export interface RecordedAnswer {
  /** Method and path, without the query: what the browser sent is not the point. */
  to: string;
  status: number;
  headers: string;
  body: string;
}

export interface RecordingProxy {
  port: number;
  /** Everything since `forget`, in order. */
  answers(): readonly RecordedAnswer[];
  forget(): void;
  stop(): Promise<void>;
}

/**
 * Stand between the browser and a server on loopback, and keep every answer: also the bodies of
 * redirects and what a page fetched just before it went, which the browser's own tools lose.
 */
export async function startRecordingProxy(targetPort: number): Promise<RecordingProxy> {
  const answers: RecordedAnswer[] = [];
  const server = createServer((incoming, outgoing) => {
    relay({ incoming, outgoing, targetPort, keep: (answer) => answers.push(answer) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answers: () => answers,
    forget: () => answers.splice(0),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Relay {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  targetPort: number;
  keep(answer: RecordedAnswer): void;
}

function relay({ incoming, outgoing, targetPort, keep }: Relay): void {
  const { method = 'GET', url = '/' } = incoming;
  const upstream = request({
    host: '127.0.0.1',
    port: targetPort,
    method,
    path: url,
    // Uncompressed, so that what is recorded can be read.
    headers: { ...incoming.headers, 'accept-encoding': 'identity' },
  });
  upstream.once('error', () => outgoing.destroy());
  upstream.once('response', (answer) => {
    const { statusCode: status = 0, rawHeaders } = answer;
    outgoing.writeHead(status, rawHeaders);
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.once('close', () => {
      const to = `${method} ${url.split('?')[0]}`;
      const body = Buffer.concat(chunks).toString('utf8');
      keep({ to, status, headers: rawHeaders.join('\n'), body });
    });
    answer.pipe(outgoing);
  });
  outgoing.once('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
