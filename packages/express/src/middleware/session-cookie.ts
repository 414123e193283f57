import { unsign } from 'cookie-signature';
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import { cookieValues } from '../session/cookie-values.ts';
import type { SealedStore } from '../session/sealed-store.ts';
import type { OpenSession } from '../session/session.ts';

/** The one session cookie, and who reads it. */
export interface SessionCookie {
  /** Read the session that the request's cookie names. */
  load: RequestHandler;
  /** Pass over the cookie: the request is nobody's, and may become somebody's. */
  ignore: RequestHandler;
  /** The session id that a request claims to have, unverified. */
  claimedId(req: Request): string | undefined;
  /** Send the cookie of a loaded session again, if another secret than the first signed it. */
  signAgain(req: Request, session: OpenSession): void;
  /** Take the cookie away, with the attributes it was set with. */
  clear(res: Response): void;
}

export interface SessionCookieOptions {
  store: SealedStore;
  secrets: readonly string[];
  /** Whether browsers reach us by https, by PUBLIC_URL and nothing else. */
  secure: boolean;
  /** Milliseconds that the browser keeps the cookie. */
  maxAge: number;
  now: () => number;
}

export function createSessionCookie(options: SessionCookieOptions): SessionCookie {
  const { store, secrets, secure, maxAge, now } = options;
  const [firstSecret = ''] = secrets;
  const name = secure ? '__Host-Http-cloakroom' : 'cloakroom';
  const cookie: CookieOptions = { path: '/', httpOnly: true, sameSite: 'strict', secure };
  const read = session({
    name,
    store,
    secret: [...secrets],
    cookie: { ...cookie, maxAge },
    resave: false,
    saveUninitialized: false,
  });

  const load: RequestHandler = (req, res, next) => {
    if (req.session !== undefined && (req.sessionStore as unknown) === store) {
      next();
      return;
    }
    if (req.session !== undefined) {
      next(new Error('Mount Cloakroom before any other session middleware (docs: adopting)'));
      return;
    }
    // express-session withholds a Secure cookie where it sees http, as behind a proxy that ends TLS.
    if (secure) Object.defineProperty(req, 'secure', { value: true, configurable: true });
    read(req, res, next);
  };

  const ignore: RequestHandler = (req, res, next) => {
    const { cookie: header } = req.headers;
    delete req.headers.cookie;
    load(req, res, (error) => {
      if (header !== undefined) req.headers.cookie = header;
      next(error);
    });
  };

  return {
    ignore,
    // Two different session cookies: one of them was planted. Whose request it is, nobody can say.
    load(req, res, next) {
      const different = new Set(cookieValues(req.headers.cookie, name));
      (different.size > 1 ? ignore : load)(req, res, next);
    },
    claimedId(req) {
      const [value = '', ...more] = new Set(cookieValues(req.headers.cookie, name));
      const [, id] = /^s(?::|%3A)([\w-]+)\./.exec(value) ?? [];
      return more.length === 0 ? id : undefined;
    },
    signAgain(req, { id, record }) {
      const [value = ''] = cookieValues(req.headers.cookie, name);
      const signed = value.startsWith('s%3A') ? decodeURIComponent(value) : value;
      if (unsign(signed.slice('s:'.length), firstSecret) === id) return;
      req.session.cookie.maxAge = record.absoluteExpiresAt - now();
      // What express-session finds changed gets its cookie, signed by the first secret.
      req.session.signedAgain = true;
    },
    clear(res) {
      delete res.req.session?.signedAgain;
      res.cookie(name, '', { ...cookie, maxAge: 0 });
    },
  };
}
