import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Express } from 'express';
import type { Settings } from './settings.ts';

/** Milliseconds that requests in flight get once the process was told to stop. */
const DRAIN = 9000;

/** Milliseconds that a request may take to arrive, its headers alone, and between two looks at that. */
const PATIENCE = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
};

/** Milliseconds that a connection may stand still, for instance as nobody reads an answer. */
const STALLED = 15_000;

/** A listening server. */
export interface Serving {
  /** Accept nothing more, let what is in flight finish, within ten seconds. */
  drain(): Promise<void>;
}

/**
 * Listen, by TLS where the settings say so. Slow clients are cut off.
 * @param stalled milliseconds that a connection may stand still, unless we are the ones who think
 */
export async function serve(
  app: Express,
  settings: Settings,
  { stalled = STALLED } = {},
): Promise<Serving> {
  const { TLS_CERT_FILE, TLS_KEY_FILE, HOST, PORT } = settings;
  const server: Server =
    TLS_CERT_FILE !== undefined && TLS_KEY_FILE !== undefined
      ? createHttpsServer(
          { ...PATIENCE, cert: readFileSync(TLS_CERT_FILE), key: readFileSync(TLS_KEY_FILE) },
          app,
        )
      : createHttpServer(PATIENCE, app);
  server.maxHeadersCount = 100;
  server.setTimeout(stalled);

  let draining = false;
  server.prependListener('request', (_req, res) => {
    // Nothing moves either while a provider is waited for. It is the client that does not read only
    // where something is left to write.
    res.on('timeout', () => {
      if (res.socket?.writableLength) res.socket.destroy();
    });
    if (draining) res.setHeader('Connection', 'close');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  });

  return {
    async drain() {
      draining = true;
      const closed = new Promise((resolve) => server.close(resolve));
      const idle = setInterval(() => server.closeIdleConnections(), 100);
      const giveUp = setTimeout(() => server.closeAllConnections(), DRAIN);
      await closed;
      clearInterval(idle);
      clearTimeout(giveUp);
    },
  };
}
