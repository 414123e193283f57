import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { type Control, startEmulator } from '@cloakroom/emulator';
import { startBff } from '../../scripts/bff-process.ts';
import { makeAuthority } from '../../scripts/certificate-authority.ts';
import { freePort } from '../../scripts/free-port.ts';
import { startLocalRedis } from '../../scripts/local-redis.ts';

/** The app by https, and beside it, below the same registrable domain, a host that somebody took over. */
export interface NeighbouringSites {
  /** `https://app.site.localhost:<port>` */
  url: string;
  /** `https://taken.site.localhost:<port>`: its page does nothing until a test makes it. */
  takenUrl: string;
  /** `Set-Cookie` lines that the taken host answers with from now on. */
  toss: string[];
  provider: Control;
  stop(): Promise<void>;
}

/** Start provider, Redis, BFF, what ends TLS in front of it, and the taken host. */
export async function startNeighbouringSites(): Promise<NeighbouringSites> {
  const emulator = await startEmulator();
  const { baseUrl, control } = emulator.personas.aihubmix;
  const redis = await startLocalRedis();
  const authority = makeAuthority();
  const certificate = authority.sign('*.site.localhost');
  const tls = { cert: await readFile(certificate.cert), key: await readFile(certificate.key) };
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-e2e-'));
  const port = await freePort();

  const front = createTlsServer(tls, (socket) => {
    const behind = connect(port, '127.0.0.1');
    socket.on('error', () => behind.destroy()).pipe(behind);
    behind.on('error', () => socket.destroy()).pipe(socket);
  });
  const toss: string[] = [];
  const taken = createHttpsServer(tls, (_req: IncomingMessage, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': toss });
    res.end('<!doctype html><title>Taken over</title><h1>Taken over</h1>');
  });
  const url = `https://app.site.localhost:${await listen(front)}`;
  const takenUrl = `https://taken.site.localhost:${await listen(taken)}`;

  const { clientId, clientSecret } = control.registerApp({
    name: 'Cloakroom e2e',
    redirectUri: `${url}/oauth/callback`,
  });
  const envFile = join(folder, 'bff.env');
  await writeFile(envFile, `OAUTH_CLIENT_ID=${clientId}\nOAUTH_CLIENT_SECRET=${clientSecret}\n`);
  const bff = await startBff({
    port,
    envFile,
    settings: {
      PUBLIC_URL: url,
      TRUST_PROXY: '1',
      OAUTH_PROFILE: 'aihubmix',
      OAUTH_BASE_URL: baseUrl,
      SESSION_SECRETS: randomBytes(48).toString('base64url'),
      REDIS_URL: redis.url,
      WEB_DIST: process.env.E2E_WEB_DIST,
    },
    folders: [folder],
  });

  return {
    url,
    takenUrl,
    toss,
    provider: control,
    async stop() {
      front.close();
      taken.close();
      taken.closeAllConnections();
      await bff.stop();
      await redis.stop();
      await emulator.close();
      authority.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
