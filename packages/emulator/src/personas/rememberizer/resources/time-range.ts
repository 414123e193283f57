import type { Request } from 'express';

/** Moments in milliseconds since the epoch; undefined where the range is open. */
export interface TimeRange {
  from: number | undefined;
  to: number | undefined;
}

/** Read `from` and `to`, in ISO 8601; the name of the one that cannot be read where there is one. */
export function readTimeRange(req: Request): TimeRange | { unreadable: 'from' | 'to' } {
  const from = readMoment(req.query.from);
  if (Number.isNaN(from)) return { unreadable: 'from' };
  const to = readMoment(req.query.to);
  if (Number.isNaN(to)) return { unreadable: 'to' };
  return { from, to };
}

function readMoment(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
