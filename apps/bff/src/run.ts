import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { whyUnfit } from '@cloakroom/express/fitness';
import { OptionsError } from '@cloakroom/express/options';
import type { Logger } from 'pino';
import { AggregatorRegistry, register } from 'prom-client';
import { createApp } from './app.ts';
import { BAD_SETTINGS } from './exit-codes.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import { serve } from './serve.ts';
import type { Settings } from './settings.ts';
import { waitForStore } from './wait-for-store.ts';

const unfit = (reason: string) =>
  `REDIS_URL: this Redis is too old, or forbids what is needed: ${reason}`;

/** Milliseconds that a start waits for the store. */
const STORE_PATIENCE = 2000;

/** Milliseconds between two looks at a store that was away when the process started. */
const LOOK_AGAIN = 2000;

/** Milliseconds for everything that is under way once the process was told to stop. */
const STOP_WITHIN = 9500;

/**
 * Run one process until it is told to stop: listen, and drain on SIGTERM.
 * @throws OptionsError where the store answers and can never serve
 */
export async function run(settings: Settings, log: Logger): Promise<void> {
  const metrics = settings.METRICS_PORT === undefined ? undefined : createMetrics(register);
  // With several workers the supervisor serves the sum; this makes a worker answer its question.
  if (metrics && cluster.isWorker) new AggregatorRegistry();
  const { app, store, close } = createApp(settings, { log, metrics });
  await waitForStore(store, STORE_PATIENCE);
  const fitness = await whyUnfit(store, settings.REDIS_PREFIX);
  if (typeof fitness === 'object') throw new OptionsError([unfit(fitness.reason)]);
  const serving = await serve(app, settings).catch((err) => {
    log.fatal({ event: 'listen.failed', host: settings.HOST, port: settings.PORT, err });
    process.exit(1);
  });
  if (settings.METRICS_PORT !== undefined && !cluster.isWorker) {
    await serveMetrics(settings.METRICS_PORT, () => register.metrics());
  }
  const { HOST: host, PORT: port, PUBLIC_URL: url } = settings;
  log.info({ event: 'listening', host, port, url });
  if (fitness === 'away') void lookAgain();

  /** A store that was away is tried out once it is back. */
  async function lookAgain(): Promise<void> {
    await sleep(LOOK_AGAIN, undefined, { ref: false });
    const late = await whyUnfit(store, settings.REDIS_PREFIX);
    if (late === 'away') return lookAgain();
    if (late === 'fit') return;
    log.fatal({ event: 'store.unfit', reason: unfit(late.reason) });
    process.exit(BAD_SETTINGS);
  }

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'stopping', signal });
    const begun = performance.now();
    await serving.drain();
    await close(Math.max(0, STOP_WITHIN - (performance.now() - begun)));
    log.info({ event: 'stopped' });
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
}
