import { randomUUID } from 'node:crypto';
import type { Issuer } from './issuer.ts';
import { type LogoutNotice, type LogoutTokenForgery, logoutToken } from './logout-token.ts';
import type { OidcApp } from './oidc-app.ts';

export interface LogoutCall {
  username: string;
  by: LogoutNotice['by'];
  /** Default: every app of theirs that has a `backchannelLogoutUri`. */
  clientId?: string | undefined;
  /** What is wrong with the token; default nothing. */
  hostile?: LogoutTokenForgery | undefined;
}

/** What an app said to a logout token. */
export interface LogoutAnswer {
  clientId: string;
  sid: string;
  /** The HTTP status; null where there was no answer. */
  status: number | null;
}

/**
 * Tell the apps of somebody, for each session here that they went to the app from, that it is over.
 * The session itself stays: whoever forges a token has not ended it either.
 */
export async function sendBackchannelLogout(
  issuer: Issuer,
  call: LogoutCall,
): Promise<LogoutAnswer[]> {
  const { sub } = issuer.users.named(call.username);
  const answers: LogoutAnswer[] = [];
  for (const visit of visits(issuer, sub)) {
    const { clientId } = visit.app;
    if (call.clientId !== undefined && call.clientId !== clientId) continue;
    for (const token of await tokensFor(issuer, visit, call)) {
      const status = await post(visit.app.backchannelLogoutUri ?? '', token);
      answers.push({ clientId, sid: visit.sid, status });
    }
  }
  return answers;
}

interface Visit {
  app: OidcApp;
  sub: string;
  sid: string;
}

/** The apps that somebody went to, once for each of their sessions here. */
function visits({ store, apps }: Issuer, sub: string): Visit[] {
  const sessions = store.all('Session').filter(({ accountId }) => accountId === sub);
  return sessions
    .flatMap(({ authorizations = {} }) => Object.entries(authorizations))
    .flatMap(([clientId, { sid = '' }]) => {
      const app = apps.find(clientId);
      return app?.backchannelLogoutUri === undefined ? [] : [{ app, sub, sid }];
    });
}

/** One token; to replay one, a good one goes before. */
async function tokensFor(issuer: Issuer, visit: Visit, call: LogoutCall): Promise<string[]> {
  const { app, sub, sid } = visit;
  const now = Math.floor(Date.now() / 1000) + issuer.clockOffset;
  const notice = { issuer: issuer.url, clientId: app.clientId, sub, sid, by: call.by, now };
  const tools = {
    issuer: await issuer.keys.newest(),
    attacker: () => issuer.attacker(),
    clientSecret: app.clientSecret,
    jti: randomUUID(),
  };
  const token = await logoutToken(notice, tools, call.hostile);
  return call.hostile === 'replayed-jti' ? [await logoutToken(notice, tools), token] : [token];
}

async function post(uri: string, logout_token: string): Promise<number | null> {
  const body = new URLSearchParams({ logout_token });
  const answer = await fetch(uri, { method: 'POST', body, redirect: 'manual' }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status ?? null;
}
