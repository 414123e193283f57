import type { Response } from 'express';

/** Tell when whoever asked hung up before the answer was complete: then nobody needs it any more. */
export function clientGone(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  return gone.signal;
}
