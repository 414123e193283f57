import { createServer } from 'node:net';

/**
 * Find a port on the loopback address that nothing listens on. Somebody else may take it before
 * you do: whoever binds it must be ready to ask again.
 *
 * @param preferred where to begin; the next higher ones follow. Default: anywhere below those that
 *   systems give to outgoing connections, for one of them would be gone before you listen
 */
export async function freePort(preferred = anyPort()): Promise<number> {
  for (let port = preferred; port < preferred + 100 && port < 65_536; port += 1) {
    const found = await tryPort(port);
    if (found !== null) return found;
  }
  throw new Error(`no free port from ${preferred} on`);
}

const anyPort = () => 12_000 + Math.floor(Math.random() * 18_000);

/** Both loopback addresses count: `localhost` in a browser may mean either. */
async function tryPort(port: number): Promise<number | null> {
  const found = await listenOnce(port, '127.0.0.1');
  if (found === null) return null;
  return (await listenOnce(found, '::1')) === null ? null : found;
}

function listenOnce(port: number, host: string): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(port);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
