import type { DemoUser } from '@cloakroom/emulator';
import { Browser, handleOf } from '../site/browser.ts';
import type { Node, Site } from '../site/site.ts';

/** One session of one browser, and what is known of its end. Times as of `performance.now`. */
export interface Ticket {
  cookie: string;
  handle: string;
  visitor: Visitor;
  /** How many have begun to end it. */
  enders: number;
  /** When an answer said that it was ended. */
  endedAt: number;
  /** Its tokens may be lost by an accident that nobody can undo. */
  atRisk: boolean;
}

/** A browser that signs in again and again. */
export interface Visitor {
  name: string;
  browser: Browser;
  ticket: Ticket | undefined;
  signingIn: boolean;
}

/** Everybody who is around, and every ticket that there was. */
export interface Crowd {
  visitors: Visitor[];
  tickets: Ticket[];
  /** Sessions that may exist without anybody having their ticket: the answer of the login was lost. */
  lostLogins: number;
  /** Everything that ended all sessions of a user, finished or not. */
  sweeps: Sweep[];
}

/** Times as of `performance.now`. */
export interface Sweep {
  user: DemoUser;
  endedAt: number;
}

/** Three browsers of one person, two of another and one of a third. */
export function gather(site: Site): Crowd {
  const visitors = [0, 0, 0, 1, 1, 2].flatMap((which, index): Visitor[] => {
    const user = site.users[which];
    if (user === undefined) return [];
    const browser = new Browser(site, user);
    return [{ name: `${user.username}${index}`, browser, ticket: undefined, signingIn: false }];
  });
  return { visitors, tickets: [], lostLogins: 0, sweeps: [] };
}

/** Sign a visitor in; the session that this browser had before ends by it, sooner or later. */
export async function signIn(crowd: Crowd, visitor: Visitor, nodes: [Node, Node]) {
  const before = visitor.ticket;
  if (before) before.enders += 1;
  visitor.signingIn = true;
  const begun = performance.now();
  const answer = await visitor.browser.login(...nodes);
  visitor.signingIn = false;
  if (!answer.location.includes('login=success')) {
    if (answer.status === 0 || answer.error !== undefined) crowd.lostLogins += 1;
    return answer;
  }
  const cookie = visitor.browser.ticket ?? '';
  // What swept meanwhile may have hit the new session, or have come before it.
  const { user } = visitor.browser;
  const enders = crowd.sweeps.filter((one) => one.user === user && one.endedAt > begun).length;
  const fresh = { enders, endedAt: Number.POSITIVE_INFINITY, atRisk: false };
  visitor.ticket = { cookie, handle: handleOf(cookie), visitor, ...fresh };
  crowd.tickets.push(visitor.ticket);
  return answer;
}

/** The tickets that must be good. */
export function living({ visitors }: Crowd): Ticket[] {
  return visitors.flatMap(({ ticket }) => (ticket?.enders === 0 ? [ticket] : []));
}
