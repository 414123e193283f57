import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import type { Fault, FaultKind } from './faults.ts';

/** What happens after a fault: the route does its work, or the fault was the answer. */
export type AfterFault = 'go on' | 'answered';

const HUGE_CHUNKS = 512;
const CHUNK = 'x'.repeat(64 * 1024);

type Show = (res: Response, fault: Fault<string>) => AfterFault | Promise<AfterFault>;

const SHOW: Record<FaultKind, Show> = {
  delay: () => 'go on',
  hang: () => 'answered',
  'lost-answer': (res) => {
    res.end = () => res.destroy();
    return 'go on';
  },
  reset: (res) => {
    res.socket?.resetAndDestroy();
    return 'answered';
  },
  status: (res, fault) => {
    const error_description = 'a fault that was asked for';
    res.status(fault.status ?? 500).json({ error: 'server_error', error_description });
    return 'answered';
  },
  html: (res, fault) => {
    res.status(fault.status ?? 200).type('html');
    res.send('<!doctype html><title>Bad gateway</title><h1>502 Bad Gateway</h1>');
    return 'answered';
  },
  'malformed-json': (res, fault) => {
    res.status(fault.status ?? 200).type('json');
    res.send('{"access_token":"half-an-answ');
    return 'answered';
  },
  redirect: (res, fault) => {
    res.redirect(fault.status ?? 302, `${res.req.baseUrl}/moved`);
    return 'answered';
  },
  huge: async (res): Promise<AfterFault> => {
    res.status(200).type('json');
    await pipeline(Readable.from(hugeJson()), res).catch(() => undefined);
    return 'answered';
  },
};

/** Let a fault happen to an answer, after its delay. */
export async function showFault(fault: Fault<string>, res: Response): Promise<AfterFault> {
  await wait(fault.ms ?? (fault.kind === 'delay' ? 1000 : 0));
  if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
  return SHOW[fault.kind](res, fault);
}

function* hugeJson(): Generator<string> {
  yield '{"padding":"';
  for (let chunk = 0; chunk < HUGE_CHUNKS; chunk += 1) yield CHUNK;
  yield '"}';
}
