import { type ErrorRequestHandler, json, type RequestHandler, Router } from 'express';
import { ZodError } from 'zod';
import { UnknownUser } from '../provider/users.ts';
import { hasOperation, runOperation } from './control.ts';
import type { Operations } from './operation.ts';

/** The operations of each persona, by the persona's name. */
type Tables = Readonly<Record<string, Operations>>;

/**
 * Serve the control operations: `POST /<persona>/<operation>` with a JSON array of its arguments.
 * Only `application/json` is read, which no page of another site can send without a preflight.
 */
export function controlApi(tables: Tables): Router {
  const router = Router();
  router.post('/:persona/:operation', json(), operate(tables));
  router.use(refuse);
  return router;
}

function operate(tables: Tables): RequestHandler<{ persona: string; operation: string }> {
  return async (req, res, next) => {
    const { persona, operation } = req.params;
    const operations = Object.hasOwn(tables, persona) ? tables[persona] : undefined;
    if (operations === undefined || !hasOperation(operations, operation)) return next();
    if (!Array.isArray(req.body)) {
      res.status(400).json({ error: 'send a JSON array of the arguments' });
      return;
    }
    res.json({ result: (await runOperation(operations, operation, req.body)) ?? null });
  };
}

const refuse: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof ZodError) res.status(400).json({ error: error.issues });
  else if (error instanceof UnknownUser) res.status(404).json({ error: error.message });
  else next(error);
};
