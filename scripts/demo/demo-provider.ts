import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Child, describeEnd, startChild } from '../child-process.ts';
import { plainEnvironment } from '../plain-environment.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface DemoProviderOptions {
  port: number;
  developerToken: string;
  hasControl: boolean;
  logFile?: string | undefined;
  onLine?: ((line: string) => void) | undefined;
}

export interface DemoProvider {
  child: Child;
  /** Its pages for people. */
  url: string;
  /** What an OAuth client has as base URL. */
  baseUrl: string;
}

const listeningSchema = z.object({ event: z.literal('listening'), url: z.url() });

/**
 * Start the provider of the demo on 127.0.0.1, another site than `localhost`, and resolve when it
 * listens.
 *
 * @throws when it ends instead
 */
export async function startDemoProvider(options: DemoProviderOptions): Promise<DemoProvider> {
  const listening = Promise.withResolvers<string>();
  const child = startChild({
    name: 'The demo provider',
    command: [process.execPath, 'apps/demo-provider/src/main.ts'],
    cwd: ROOT,
    env: {
      ...plainEnvironment(),
      HOST: '127.0.0.1',
      PORT: String(options.port),
      DEVELOPER_TOKEN: options.developerToken,
      CONTROL: options.hasControl ? 'on' : 'off',
    },
    patience: 1_500,
    logFile: options.logFile,
    onLine(line) {
      const url = listeningUrl(line);
      if (url) listening.resolve(url);
      options.onLine?.(line);
    },
  });
  const died = child.ended.then((end) => Promise.reject(new Error(describeEnd(child, end))));
  const url = await Promise.race([listening.promise, died]);
  return { child, url, baseUrl: `${url}/aihubmix` };
}

function listeningUrl(line: string): string | undefined {
  try {
    return listeningSchema.safeParse(JSON.parse(line)).data?.url;
  } catch {
    return undefined;
  }
}
