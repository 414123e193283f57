import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listen for HTTP, and say where; `close` waits for nobody. */
export async function listen(
  handler: RequestListener,
  options: { host?: string | undefined; port?: number | undefined },
): Promise<{ origin: string; close: () => Promise<void> }> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer(handler).listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { origin: `http://${name}:${port}`, close };
}
