import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Cloakroom, createCloakroom } from '@cloakroom/express';
import { memoryStore } from '@cloakroom/express/memory-store';
import { redisStore } from '@cloakroom/express/redis-store';
import type { Store } from '@cloakroom/express/store';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Metrics } from './metrics.ts';
import type { Settings } from './settings.ts';
import { site } from './site.ts';

const OWN_SPA = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Put the server together: request log, Cloakroom, the SPA. */
export function createApp(
  settings: Settings,
  { log, metrics }: { log: Logger; metrics?: Metrics | undefined },
): { app: Express; store: Store; close: Cloakroom['close'] } {
  const counted = metrics?.counting(log) ?? log;
  const { REDIS_URL: url } = settings;
  const store = url ? redisStore({ url, log: counted }) : memoryStore();
  const cloakroom = createCloakroom({
    publicUrl: settings.PUBLIC_URL,
    sessionSecrets: settings.SESSION_SECRETS,
    sessionIdleTtl: settings.SESSION_IDLE_TTL,
    sessionAbsoluteTtl: settings.SESSION_ABSOLUTE_TTL,
    store,
    prefix: settings.REDIS_PREFIX,
    providers: settings.providers,
    providerTimeoutMs: settings.PROVIDER_TIMEOUT_MS,
    rateLimitLogin: settings.RATE_LIMIT_LOGIN,
    rateLimitPassword: settings.RATE_LIMIT_PASSWORD,
    log: counted,
  });

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.TRUST_PROXY ?? false);
  app.disable('etag');
  if (metrics) app.use(metrics.requests);
  app.use(requestLog(log));
  app.use(oneHost);
  app.use(cloakroom.router);
  const secure = settings.PUBLIC_URL.startsWith('https:');
  app.use(site(settings.WEB_DIST ?? OWN_SPA, { secure }));
  app.use(unexpected(log));
  return { app, store, close: cloakroom.close };
}

/** A request that names two hosts is not valid (RFC 9112 section 3.2). */
const oneHost: RequestHandler = (req, res, next) => {
  const hosts = req.rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name));
  if (hosts.length < 2) next();
  else res.status(400).set('Connection', 'close').type('text').send('Bad request\n');
};

/** The last resort: a line in the log, and nothing of it in the answer. */
function unexpected(log: Logger): ErrorRequestHandler {
  return (err, req, res, _next) => {
    log.error({ event: 'request.crashed', request_id: req.id, err });
    if (res.headersSent) res.destroy();
    else res.status(500).type('text').send('Internal error\n');
  };
}

/** One line a request: never a header, and of the URL only the path, for queries carry codes. */
function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: (_req: IncomingMessage, res: ServerResponse) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    // Probes come every few seconds and say nothing; one that fails logs itself.
    autoLogging: { ignore: ({ url }) => url === '/healthz' || url === '/readyz' },
    wrapSerializers: false,
    serializers: {
      req: (req: IncomingMessage & { id: string; originalUrl?: string; ip?: string }) => ({
        id: req.id,
        method: req.method,
        path: (req.originalUrl ?? req.url ?? '').split('?', 1)[0]?.slice(0, 256),
        client: req.ip,
      }),
      res: (res: ServerResponse) => ({ status: res.statusCode }),
    },
    customSuccessObject: (_req, _res, fields) => ({ event: 'request', ...fields }),
    // The error is made from the status: what went wrong has a line of its own.
    customErrorObject: (_req, _res, _error, { err: _, ...fields }) => ({
      event: 'request',
      ...fields,
    }),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'info'),
    customSuccessMessage: () => '',
    customErrorMessage: () => '',
  });
}
