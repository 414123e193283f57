import { PATHS } from '@cloakroom/contract/paths';
import type { Logout } from '@cloakroom/contract/session';
import type { Request, RequestHandler } from 'express';
import { atMost } from '../at-most.ts';
import type { Log } from '../log.ts';
import type { Attempts } from '../login/attempt.ts';
import type { LogoutTickets } from '../login/logout-ticket.ts';
import type { SessionCookie } from '../middleware/session-cookie.ts';
import { endSessionUrl } from '../oauth/end-session.ts';
import { isRedirect } from '../oauth/provider.ts';
import type { Providers } from '../oauth/providers.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import type { Revoke } from '../tokens/revoke.ts';

export interface LogoutOptions {
  attempts: Attempts;
  providers: Providers;
  sessions: Sessions;
  sessionCookie: SessionCookie;
  logoutTickets: LogoutTickets;
  revoke: Revoke;
  publicUrl: string;
  log: Log;
}

/** `POST /auth/logout`: end the session before the answer leaves; 200 also without one. */
export function logout(options: LogoutOptions): RequestHandler {
  const { attempts, sessions, log } = options;
  return loggingOut(options, async (session, req) => {
    if (attempts.mayBeUnderWay(req)) await sessions.end(session.keys.hash, session.record);
    else await sessions.close(session);
    log.info({ event: 'session.logged_out', session: session.keys.hash });
  });
}

/**
 * `POST /auth/logout/all`: the same for every session of this user. The one that asks ends last: if
 * something fails before, it can ask again.
 */
export function logoutAll(options: LogoutOptions): RequestHandler {
  const { sessions, log } = options;
  return loggingOut(options, async (session) => {
    const { provider, user } = session.record;
    const others = await sessions.endAll({ provider, user }, session);
    await sessions.close(session);
    log.info({ event: 'session.logged_out_everywhere', session: session.keys.hash, others });
  });
}

/** Milliseconds that a logout waits to know where the provider's sign-out page is. */
const PATIENCE = 1500;

function loggingOut(
  options: LogoutOptions,
  end: (session: OpenSession, req: Request) => Promise<void>,
): RequestHandler {
  const { sessions, sessionCookie, revoke } = options;

  return async (req: Request, res) => {
    const session = sessions.current(req);
    if (session !== undefined) await end(session, req);
    sessionCookie.clear(res);
    // Nothing of this user stays in the browser (ASVS 14.3.1).
    res.set('Clear-Site-Data', '"cache", "storage"');
    const next = session && (await Promise.all([continuation(session, options), revoke(session)]));
    const body: Logout = { logout_url: next?.[0] ?? null };
    res.json(body);
  };
}

/** Where the browser ends its session at the provider too; a logout does not fail for it. */
async function continuation(session: OpenSession, options: LogoutOptions): Promise<string | null> {
  const path = signOutPath(session, options);
  try {
    const found = await atMost(PATIENCE, path, 'too late');
    if (found !== 'too late') return found;
    throw new Error('the provider did not say in time where its sign-out page is');
  } catch (err) {
    path.catch(() => {});
    options.log.warn({ event: 'session.logged_out_here_only', session: session.keys.hash, err });
    return null;
  }
}

async function signOutPath(
  { record, tokens }: OpenSession,
  { providers, logoutTickets, publicUrl }: LogoutOptions,
): Promise<string | null> {
  const provider = providers.get(record.provider);
  if (!isRedirect(provider) || !provider.sendsIdTokens) return null;
  const idToken = provider.logoutHint ? tokens?.tokens.idToken : undefined;
  const destination = await endSessionUrl(provider, { idToken, returnTo: `${publicUrl}/` });
  return destination ? `${PATHS.logoutContinue}/${await logoutTickets.issue(destination)}` : null;
}
