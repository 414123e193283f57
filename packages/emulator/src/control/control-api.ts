import { type ErrorRequestHandler, json, type RequestHandler, Router } from 'express';
import { ZodError } from 'zod';
import type { Provider } from '../provider/provider.ts';
import { isOperationName, runOperation } from './control.ts';
import { UnknownUser } from './operations.ts';

/**
 * Serve the control operations: `POST /<persona>/<operation>` with a JSON array of its arguments.
 * Only `application/json` is read, which no page of another site can send without a preflight.
 */
export function controlApi(providers: Record<string, Provider>): Router {
  const router = Router();
  router.post('/:persona/:operation', json(), operate(providers));
  router.use(refuse);
  return router;
}

function operate(providers: Record<string, Provider>): RequestHandler<{
  persona: string;
  operation: string;
}> {
  return (req, res, next) => {
    const { persona, operation } = req.params;
    const provider = Object.hasOwn(providers, persona) ? providers[persona] : undefined;
    if (provider === undefined || !isOperationName(operation)) return next();
    if (!Array.isArray(req.body)) {
      res.status(400).json({ error: 'send a JSON array of the arguments' });
      return;
    }
    res.json({ result: runOperation(provider, operation, req.body) ?? null });
  };
}

const refuse: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof ZodError) res.status(400).json({ error: error.issues });
  else if (error instanceof UnknownUser) res.status(404).json({ error: error.message });
  else next(error);
};
