import type { NextFunction, Request, Response } from 'express';

/** One request as a test may see it: names only, no values. */
export interface SeenRequest {
  method: string;
  /** Without the query. */
  path: string;
  headers: string[];
  /** Names in the query and in the body. */
  params: string[];
  /** Null while it is not answered, or when the connection broke. */
  status: number | null;
}

const KEPT = 1000;

/** What came in: counters per endpoint, refreshes at the same time per grant, and the last requests. */
export class Traffic<Name extends string> {
  readonly #names: readonly Name[];
  #counts: Record<Name, number>;
  #requests: SeenRequest[] = [];
  #refreshing = new Map<string, number>();
  #mostRefreshing = new Map<string, number>();

  constructor(names: readonly Name[]) {
    this.#names = names;
    this.#counts = zeroCounts(names);
  }

  reset(): void {
    this.#counts = zeroCounts(this.#names);
    this.#requests = [];
    this.#mostRefreshing.clear();
  }

  count(endpoint: Name): void {
    this.#counts[endpoint] += 1;
  }

  counts(): Record<Name, number> {
    return { ...this.#counts };
  }

  /** Count a refresh of a grant as under way until its answer, or its connection, ends. */
  watchRefresh(grantId: string, res: Response): void {
    const now = (this.#refreshing.get(grantId) ?? 0) + 1;
    this.#refreshing.set(grantId, now);
    this.#mostRefreshing.set(grantId, Math.max(now, this.mostRefreshing(grantId)));
    res.once('close', () => {
      const left = (this.#refreshing.get(grantId) ?? 1) - 1;
      if (left > 0) this.#refreshing.set(grantId, left);
      else this.#refreshing.delete(grantId);
    });
  }

  mostRefreshing(grantId: string): number {
    return this.#mostRefreshing.get(grantId) ?? 0;
  }

  requests(): SeenRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }

  /** Note each request as it arrives: mount it before the body is read. */
  readonly record = (req: Request, res: Response, next: NextFunction): void => {
    const seen: SeenRequest = {
      method: req.method,
      path: req.baseUrl + req.path,
      headers: Object.keys(req.headers),
      params: Object.keys(req.query),
      status: null,
    };
    this.#requests.push(seen);
    if (this.#requests.length > KEPT) this.#requests.shift();
    res.locals.seen = seen;
    res.once('finish', () => {
      seen.status = res.statusCode;
    });
    next();
  };

  /** Add the names of the body's fields: mount it after the body was read. */
  readonly recordBody = (req: Request, res: Response, next: NextFunction): void => {
    const seen: SeenRequest = res.locals.seen;
    seen.params.push(...Object.keys(req.body ?? {}));
    next();
  };
}

function zeroCounts<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
