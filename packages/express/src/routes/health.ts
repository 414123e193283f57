import type { RequestHandler } from 'express';
import type { Store } from '../store/store.ts';

/** `GET /healthz`: the process is up. */
export const healthy: RequestHandler = (_req, res) => {
  res.json({ status: 'ok' });
};

/** `GET /readyz`: it can serve, for the store answers. */
export function ready({ store }: { store: Store }): RequestHandler {
  return async (_req, res) => {
    await store.ping();
    res.json({ status: 'ok' });
  };
}
