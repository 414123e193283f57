import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_USERS } from '@cloakroom/emulator';
import { startBff } from '../bff-process.ts';
import type { Child } from '../child-process.ts';
import { freePort } from '../free-port.ts';
import { registerApp } from '../registration/register-app.ts';
import type { BannerFacts } from './banner.ts';
import { buildWeb } from './build-web.ts';
import { startDemoProvider } from './demo-provider.ts';
import type { DemoSettings } from './demo-settings.ts';
import { registerEverywhere } from './register-everywhere.ts';
import { chooseSessionStore } from './session-store.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOGS = '.demo';

/** Something that has to be stopped in the end. */
export interface StartedPart {
  stop(): Promise<unknown>;
}

export interface RunningDemo {
  facts: BannerFacts;
  /** Those whose end is the end of the demo. */
  children: readonly Child[];
}

/**
 * Start all parts of the demo and connect them.
 *
 * @param started gets each part as soon as it runs, so that what runs can be stopped when a later
 *   one fails
 */
export async function startDemo(
  settings: DemoSettings,
  started: StartedPart[],
): Promise<RunningDemo> {
  await mkdir(join(ROOT, LOGS), { recursive: true });
  await buildWeb(logging('web', settings), started);

  const store = await chooseSessionStore(settings.redisUrl);
  started.push(store);

  const developerToken = secret();
  const provider = await startDemoProvider({
    port: await freePort(settings.providerPort),
    developerToken,
    hasControl: settings.hasControl,
    ...logging('provider', settings),
  });
  started.push(provider.child);

  const port = await freePort(settings.port);
  const url = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'cloakroom-demo-'));
  started.push({ stop: () => rm(folder, { recursive: true, force: true }) });
  const envFile = join(folder, 'bff.env');
  await registerApp({
    name: 'Cloakroom demo',
    redirectUri: `${url}/oauth/callback`,
    baseUrl: provider.baseUrl,
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
      ...(settings.hasAllProviders &&
        (await registerEverywhere(new URL(provider.url).origin, url))),
      SESSION_SECRETS: secret(),
      REDIS_URL: store.redisUrl,
    },
    folders: [folder],
    ...logging('bff', settings),
  });
  started.push(bff);

  return {
    children: [bff, provider.child],
    facts: {
      url,
      providerUrl: provider.url,
      store: store.description,
      users: DEMO_USERS,
      logFolder: LOGS,
      notices: [
        ...movedPort(settings.port, port),
        ...movedPort(settings.providerPort, Number(new URL(provider.url).port)),
      ],
    },
  };
}

function logging(name: string, { isVerbose }: DemoSettings) {
  return {
    logFile: join(ROOT, LOGS, `${name}.log`),
    onLine: isVerbose ? (line: string) => console.log(`${name}: ${line}`) : undefined,
  };
}

function movedPort(wanted: number, used: number): string[] {
  return wanted === used ? [] : [`port ${wanted} is taken, so ${used} is used`];
}

function secret(): string {
  return randomBytes(48).toString('base64url');
}
