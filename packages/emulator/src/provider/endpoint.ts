import type { Request, RequestHandler } from 'express';
import type { Faults } from './faults.ts';
import { showFault } from './show-fault.ts';
import type { Traffic } from './traffic.ts';

/** Guard a route as one of the endpoints: count the call, then let a fault that waits for it happen. */
export function endpoint<Name extends string>(
  { traffic, faults }: { traffic: Traffic<Name>; faults: Faults<Name> },
  name: NoInfer<Name> | ((req: Request) => NoInfer<Name>),
): RequestHandler {
  return async (req, res, next) => {
    const called = typeof name === 'function' ? name(req) : name;
    traffic.count(called);
    const fault = faults.take(called);
    if (fault === undefined || (await showFault(fault, res)) === 'go on') next();
  };
}
