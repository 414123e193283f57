import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '@cloakroom/emulator';
import { startBff } from '../../scripts/bff-process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { PROVIDERS } from '../matrix/providers.ts';
import type { Cast } from './cast.ts';
import { providerSettings } from './provider-settings.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { type SessionRedis, startSessionRedis } from './session-redis.ts';

/** Every provider of the matrix behind one BFF, as somebody would set it up. */
export interface WholeSite {
  /** The app: `http://localhost:<port>`, another site than the providers. */
  url: string;
  cast: Cast;
  store: SessionRedis;
  traffic: RecordingProxy;
  /** Leave nothing of the test before. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Start two emulators, Redis, BFF and, in front of it, what records its answers. */
export async function startWholeSite(): Promise<WholeSite> {
  const cast = { emulator: await startEmulator(), elsewhere: await startEmulator() };
  const store = await startSessionRedis();
  const port = await freePort();
  const traffic = await startRecordingProxy(port);
  const url = `http://localhost:${traffic.port}`;

  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-e2e-site-'));
  const envFile = join(folder, 'bff.env');
  const providers = PROVIDERS.map((row) => providerSettings(row, { url, cast }));
  await writeFile(envFile, providers.map(asEnvLines).join(''), { mode: 0o600 });
  const bff = await startBff({
    port,
    envFile,
    settings: {
      PUBLIC_URL: url,
      OAUTH_PROVIDERS: PROVIDERS.map(({ id }) => id).join(','),
      SESSION_SECRETS: randomBytes(48).toString('base64url'),
      REDIS_URL: store.url,
      WEB_DIST: process.env.E2E_WEB_DIST,
    },
    folders: [folder],
  });

  const players = [cast.emulator, cast.elsewhere].flatMap(({ personas }) =>
    Object.values(personas),
  );
  return {
    url,
    cast,
    store,
    traffic,
    async reset() {
      for (const { control } of players) control.reset();
      await store.comeBack();
      await store.empty();
      traffic.forget();
    },
    async stop() {
      await bff.stop();
      await traffic.stop();
      await store.stop();
      await cast.emulator.close();
      await cast.elsewhere.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function asEnvLines(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}
