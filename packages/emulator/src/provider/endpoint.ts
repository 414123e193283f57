import type { Request, RequestHandler } from 'express';
import type { Endpoint } from './faults.ts';
import type { Provider } from './provider.ts';
import { showFault } from './show-fault.ts';

/** Guard a route as one of the endpoints: count the call, then let a fault that waits for it happen. */
export function endpoint(
  provider: Provider,
  name: Endpoint | ((req: Request) => Endpoint),
): RequestHandler {
  return async (req, res, next) => {
    const called = typeof name === 'string' ? name : name(req);
    provider.traffic.count(called);
    const fault = provider.faults.take(called);
    if (fault === undefined || (await showFault(fault, res)) === 'go on') next();
  };
}
