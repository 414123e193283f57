import type { Request, RequestHandler, Response } from 'express';
import type { DemoUser } from '../provider/users.ts';
import type { Filled } from './credentials-form.ts';
import type { Page, Site } from './page.ts';
import { type Entrance, pathBack, signInPath, signInTarget } from './sign-in-path.ts';

/** A persona whose people sign in at a page of its own. */
export interface SignInSite<User extends DemoUser = DemoUser> extends Site<User>, Entrance {
  signIn(username: string, password: string): User | undefined;
}

type Opened = Page<unknown, SignInSite>;

/** A page that is shown to who is signed in. */
export type SignedIn<Of extends Opened> = Of & { user: NonNullable<Of['user']> };

/** The page to sign in at: how it is opened, and how it is sent with a form. */
interface Door<Of extends Opened> {
  open: (req: Request, res: Response) => Of;
  send: (page: Of, filled: Filled) => void;
}

interface SignInFlow {
  /** `GET`: the form; `demo_user` fills it in for one of the demo users. */
  show: RequestHandler;
  /** Before `take`: see `goOnIfSignedIn`. */
  goOn: RequestHandler;
  /** `POST`: a new cookie, and back to where it was asked for; or the form again, with 401. */
  take: RequestHandler;
}

/** Make the handlers of a sign-in with user name and password. */
export function signInFlow<Of extends Opened>({ open, send }: Door<Of>): SignInFlow {
  return {
    show: (req, res) => {
      const page = open(req, res);
      if (page.user !== undefined) return res.redirect(signInTarget(page));
      const { username, password } =
        page.provider.users.find(String(req.query.demo_user ?? '')) ?? {};
      send(page, { username, password });
    },
    goOn: goOnIfSignedIn(open),
    take: (req, res) => {
      const page = open(req, res);
      const username = String(req.body.username ?? '');
      const user = page.provider.signIn(username, String(req.body.password ?? ''));
      if (user === undefined) return send(page, { username, wrong: true });
      page.provider.sessions.signIn(res, user.username);
      res.redirect(signInTarget(page));
    },
  };
}

/** Let who signed in meanwhile, in another tab, go on: the form of this tab is of the cookie before. */
export function goOnIfSignedIn(open: (req: Request, res: Response) => Opened): RequestHandler {
  return (req, res, next) => {
    const page = open(req, res);
    if (page.user === undefined) next();
    else res.redirect(signInTarget(page));
  };
}

/** Forget who this browser is, and offer the sign-in, which leads back to `return_to`. */
export function signOut(provider: SignInSite): RequestHandler {
  return (req, res) => {
    provider.sessions.signOut(req);
    res.redirect(signInPath(provider, pathBack(provider, req.body.return_to)));
  };
}

/** Show a page to who is signed in; anybody else signs in first and comes back. */
export function showSignedIn<Of extends Opened>(
  page: Of,
  show: (page: SignedIn<Of>) => void,
): void {
  const { user, provider, req, res } = page;
  if (user === undefined) res.redirect(signInPath(provider, req.originalUrl));
  else show({ ...page, user });
}
