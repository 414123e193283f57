import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import { serveMetrics } from './metrics.ts';
import type { Settings } from './settings.ts';

/** Milliseconds between the end of a worker and its successor. */
const RESTART_DELAY = 1000;

/**
 * Run several processes on one socket. They share nothing but the store; one that ends is replaced.
 * `SIGTERM` drains them all.
 */
export async function superviseWorkers(settings: Settings, log: Logger): Promise<void> {
  let stopping = false;
  let listened = false;
  // Secrets that were drawn at this start are the same for all.
  const environment = { SESSION_SECRETS: settings.SESSION_SECRETS.join(',') };
  const fork = () => {
    if (!stopping) cluster.fork(environment);
  };

  cluster.on('listening', () => {
    listened = true;
  });
  cluster.on('exit', (worker: Worker, code, signal) => {
    if (stopping) return;
    // What ends before it ever listened would end again.
    if (!listened) process.exit(code || 1);
    log.error({ event: 'worker.ended', worker: worker.process.pid, code, signal });
    setTimeout(fork, RESTART_DELAY);
  });
  for (let count = 0; count < settings.WORKERS; count += 1) fork();

  if (settings.METRICS_PORT !== undefined) {
    const all = new AggregatorRegistry();
    await serveMetrics(settings.METRICS_PORT, () => all.clusterMetrics());
  }
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'stopping', signal, workers: settings.WORKERS });
    await Promise.all(
      Object.values(cluster.workers ?? {}).map((worker) => worker && ended(worker)),
    );
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
}

function ended(worker: Worker): Promise<unknown> {
  const exit = new Promise((resolve) => worker.once('exit', resolve));
  worker.process.kill('SIGTERM');
  return exit;
}
