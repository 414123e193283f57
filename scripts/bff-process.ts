import { fileURLToPath } from 'node:url';
import { type Child, describeEnd, saidLast, startChild } from './child-process.ts';
import { plainEnvironment } from './plain-environment.ts';
import { untilOk } from './until-ok.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface BffOptions {
  port: number;
  /** Holds the OAuth credentials. */
  envFile: string;
  /** Further settings by name. One that is undefined is not set. */
  settings: Readonly<Record<string, string | undefined>>;
  logFile?: string | undefined;
  onLine?: ((line: string) => void) | undefined;
  /** Folders that are removed should this process be killed. */
  folders?: readonly string[] | undefined;
}

/**
 * Start the BFF at `http://localhost:<port>` and resolve when it can serve. Of the settings that
 * this process runs with none gets through but those given.
 *
 * @throws when it ends or is not ready within 20 seconds, with its last lines
 */
export async function startBff(options: BffOptions): Promise<Child> {
  const { port, envFile, settings, logFile, onLine, folders } = options;
  const bff = startChild({
    name: 'The BFF',
    command: [process.execPath, `--env-file=${envFile}`, 'apps/bff/src/main.ts'],
    cwd: ROOT,
    env: { ...plainEnvironment(), PORT: String(port), ...settings },
    patience: 7_000, // requests in flight may finish
    logFile,
    onLine,
    folders,
  });
  const died = bff.ended.then((end) => Promise.reject(new Error(describeEnd(bff, end))));
  const ready = untilOk(`http://127.0.0.1:${port}/readyz`, 20_000).catch((cause) => {
    throw new Error(`The BFF is not ready: ${cause.message}${saidLast(bff)}`, { cause });
  });
  try {
    await Promise.race([ready, died]);
  } catch (error) {
    await bff.stop();
    throw error;
  }
  return bff;
}
