import { createHash } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { cookiePairs } from '../session/cookie-values.ts';
import type { Sealer } from '../session/seal.ts';
import type { Store } from '../store/store.ts';

/** One try to log in: what must be remembered between the redirect and the callback. */
export type Attempt = z.infer<typeof attemptSchema>;

const attemptSchema = z.object({
  state: z.string(),
  /** Id of the provider that the browser was sent to. */
  provider: z.string(),
  /** Local path to come back to. */
  returnTo: z.string(),
  startedAt: z.number(),
  codeVerifier: z.string().optional(),
  nonce: z.string().optional(),
  /** Hash of the session that the browser had when it started: the new one takes its place. */
  replaces: z.string().optional(),
});

/**
 * The attempts of a browser, each in a cookie of its own, encrypted: several tabs work side by side,
 * and a flood of starts writes nothing to the store. Only that an attempt was taken is stored.
 */
export interface Attempts {
  /** Remember an attempt in the browser. The oldest go beyond eight, or 6 kB. */
  put(req: Request, res: Response, attempt: Omit<Attempt, 'startedAt'>): void;
  /** Find the attempt of a `state`, if this browser made it within the last ten minutes. */
  find(req: Request, state: string): Attempt | undefined;
  /**
   * Take an attempt: its cookie goes, and nobody can take it again.
   * @returns whether this call was the first
   */
  take(res: Response, attempt: Attempt): Promise<boolean>;
  /** The key that tells how long ago an attempt was taken, and how many milliseconds it lives. */
  taken(attempt: Attempt): { key: string; life: number };
  /** Whether a login of this browser may be under way. */
  mayBeUnderWay(req: Request): boolean;
  /** Tell the attempts of this browser, but for the one that was taken, which session they replace. */
  rebind(req: Request, res: Response, by: { taken?: Attempt; replaces: string }): void;
}

export interface AttemptsOptions {
  store: Store;
  sealer: Sealer;
  /** Whether browsers reach us by https. */
  secure: boolean;
  prefix: string;
  now: () => number;
}

const LIFE = 10 * 60_000;
const AT_MOST = 8;
/** Of all attempts of a browser together: servers refuse a request whose cookies are too long. */
const MAX_BYTES = 6000;

export function createAttempts({ store, sealer, secure, prefix, now }: AttemptsOptions): Attempts {
  const namePrefix = secure ? '__Host-Http-cloakroom-login-' : 'cloakroom-login-';
  const cookie: CookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  const keyOf = ({ state }: Attempt) => `${prefix}attempt:${digest(state)}`;
  const nameOf = (state: string) => namePrefix + digest(state).slice(0, 16);

  const write = (res: Response, attempt: Attempt) => {
    const name = nameOf(attempt.state);
    const sealed = sealer.seal(JSON.stringify(attempt), { context: 'attempt', salt: name });
    res.cookie(name, sealed, { ...cookie, maxAge: attempt.startedAt + LIFE - now() });
    return name.length + sealed.length;
  };
  const erase = (res: Response, name: string) => res.cookie(name, '', { ...cookie, maxAge: 0 });
  const read = ([name, value]: [string, string]): Attempt | undefined => {
    const content = sealer.open(value, { context: 'attempt', salt: name });
    if (content === undefined) return undefined;
    const { data: attempt } = attemptSchema.safeParse(JSON.parse(content));
    if (attempt === undefined || nameOf(attempt.state) !== name) return undefined;
    return now() - attempt.startedAt < LIFE ? attempt : undefined;
  };
  const pending = (req: Request) =>
    cookiePairs(req.headers.cookie)
      .filter(([name]) => name.startsWith(namePrefix))
      .map((pair) => ({ name: pair[0], size: pair.join('').length, attempt: read(pair) }));

  return {
    put(req, res, input) {
      let total = write(res, { ...input, startedAt: now() });
      // Browsers send older cookies first: that settles a tie.
      const byAge = pending(req)
        .reverse()
        .sort((a, b) => (b.attempt?.startedAt ?? 0) - (a.attempt?.startedAt ?? 0));
      byAge.forEach(({ name, size, attempt: old }, index) => {
        total += size;
        if (old === undefined || index >= AT_MOST - 1 || total > MAX_BYTES) erase(res, name);
      });
    },
    find(req, state) {
      const name = nameOf(state);
      return pending(req).find((entry) => entry.name === name && entry.attempt?.state === state)
        ?.attempt;
    },
    async take(res, attempt) {
      erase(res, nameOf(attempt.state));
      return store.claim(keyOf(attempt), 'taken', LIFE);
    },
    taken: (attempt) => ({ key: keyOf(attempt), life: LIFE }),
    mayBeUnderWay: (req) => pending(req).some(({ attempt }) => attempt !== undefined),
    rebind(req, res, { taken, replaces }) {
      for (const { attempt } of pending(req)) {
        if (attempt && attempt.state !== taken?.state) write(res, { ...attempt, replaces });
      }
    },
  };
}

const digest = (state: string) => createHash('sha256').update(state).digest('base64url');
