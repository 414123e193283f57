import { createHmac, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { sameSecret } from '../provider/same-secret.ts';
import { cookie } from './cookie.ts';

/** Somebody's browser: known by a cookie, signed in or not. */
export interface BrowserSession {
  /** To be sent along with every form; it belongs to this cookie. */
  csrf: string;
  username: string | undefined;
}

interface SignedIn {
  username: string;
  /** The client id of an app that was just registered: its secret is shown on the next page, once. */
  newApp?: string;
}

const COOKIE = 'demo_provider';

/** Who is signed in at the provider's own pages; somebody who is not leaves nothing here. */
export class BrowserSessions {
  readonly #path: string;
  readonly #key = randomBytes(32);
  #signedIn = new Map<string, SignedIn>();

  constructor(path: string) {
    this.#path = path;
  }

  reset(): void {
    this.#signedIn.clear();
  }

  /** Read the browser's session, and give the browser a cookie if it has none. */
  open(req: Request, res: Response): BrowserSession {
    const id = cookie(req, COOKIE) ?? this.#setCookie(res);
    return { csrf: this.#csrf(id), username: this.#signedIn.get(id)?.username };
  }

  /** Say whether a form was made for this very browser. */
  sentThisForm(req: Request): boolean {
    const id = cookie(req, COOKIE);
    const presented = req.body?.csrf;
    return (
      id !== undefined && typeof presented === 'string' && sameSecret(presented, this.#csrf(id))
    );
  }

  /** Sign somebody in, under a new cookie. */
  signIn(res: Response, username: string): void {
    this.#signedIn.set(this.#setCookie(res), { username });
  }

  signOut(req: Request): void {
    this.#signedIn.delete(cookie(req, COOKIE) ?? '');
  }

  rememberNewApp(req: Request, clientId: string): void {
    const session = this.#signedIn.get(cookie(req, COOKIE) ?? '');
    if (session !== undefined) session.newApp = clientId;
  }

  takeNewApp(req: Request): string | undefined {
    const session = this.#signedIn.get(cookie(req, COOKIE) ?? '');
    const newApp = session?.newApp;
    delete session?.newApp;
    return newApp;
  }

  #setCookie(res: Response): string {
    const id = randomBytes(24).toString('base64url');
    res.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax', path: this.#path });
    return id;
  }

  #csrf(id: string): string {
    return createHmac('sha256', this.#key).update(id).digest('base64url');
  }
}
