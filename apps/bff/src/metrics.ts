import { createServer, type Server } from 'node:http';
import type { Log } from '@cloakroom/express/log';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What is counted, and where it is counted. */
export interface Metrics {
  /** Count the events that are logged: what is worth a line is worth a number. */
  counting(log: Log): Log;
  /** Measure requests by method and status; never by path, whose number has no bound. */
  readonly requests: RequestHandler;
}

export function createMetrics(registry = new Registry()): Metrics {
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'cloakroom_events_total',
    help: 'Events of logins, sessions, tokens and the store, by name and error code',
    labelNames: ['event', 'code'] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'cloakroom_http_request_duration_seconds',
    help: 'Requests from the first byte in to the last byte out',
    labelNames: ['method', 'status'] as const,
    registers: [registry],
  });

  const count = (line: unknown) => {
    if (typeof line !== 'object' || line === null || !('event' in line)) return;
    const code = 'code' in line ? String(line.code) : '';
    events.inc({ event: String(line.event), code });
  };

  return {
    counting: (log) => ({
      debug: log.debug.bind(log),
      info: counted(log.info.bind(log), count),
      warn: counted(log.warn.bind(log), count),
      error: counted(log.error.bind(log), count),
    }),
    requests(req, res, next) {
      const stop = durations.startTimer();
      res.once('close', () => stop({ method: req.method, status: String(res.statusCode) }));
      next();
    },
  };
}

type Write = (line: object) => void;

const counted =
  (write: Write, count: Write): Write =>
  (line) => {
    count(line);
    write(line);
  };

/**
 * Serve metrics at `/metrics` on the loopback interface, in the text format of Prometheus.
 * @param collect gives the text; with several workers it asks all of them
 */
export async function serveMetrics(port: number, collect: () => Promise<string>): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.method !== 'GET' || req.url?.split('?', 1)[0] !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    collect().then(
      (text) => res.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
