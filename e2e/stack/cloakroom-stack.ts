import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Control, startEmulator } from '@cloakroom/emulator';
import { startBff } from '../../scripts/bff-process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { registerApp } from '../../scripts/registration/register-app.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { type SessionRedis, startSessionRedis } from './session-redis.ts';

/** Everything that a browser needs to log in, started for one worker. */
export interface CloakroomStack {
  /** The app: `http://localhost:<port>`, another site than the provider. */
  url: string;
  /** The provider's pages: `http://127.0.0.1:<port>/aihubmix`. */
  providerUrl: string;
  /** The knobs of the provider. */
  provider: Control;
  store: SessionRedis;
  traffic: RecordingProxy;
  stop(): Promise<void>;
}

/** Start provider, Redis, BFF and, in front of it, what records its answers. */
export async function startCloakroomStack(): Promise<CloakroomStack> {
  const emulator = await startEmulator();
  const { baseUrl, developerToken, control } = emulator.personas.aihubmix;
  const store = await startSessionRedis();
  const port = await freePort();
  const traffic = await startRecordingProxy(port);
  const url = `http://localhost:${traffic.port}`;

  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-e2e-'));
  const envFile = join(folder, 'bff.env');
  await registerApp({
    name: 'Cloakroom e2e',
    redirectUri: `${url}/oauth/callback`,
    baseUrl,
    keepsBaseUrl: true,
    developerToken,
    envFile,
    force: false,
  });
  const bff = await startBff({
    port,
    envFile,
    settings: {
      PUBLIC_URL: url,
      OAUTH_PROFILE: 'aihubmix',
      SESSION_SECRETS: randomBytes(48).toString('base64url'),
      REDIS_URL: store.url,
      WEB_DIST: process.env.E2E_WEB_DIST,
    },
    folders: [folder],
  });

  return {
    url,
    providerUrl: baseUrl,
    provider: control,
    store,
    traffic,
    async stop() {
      await bff.stop();
      await traffic.stop();
      await store.stop();
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
