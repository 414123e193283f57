import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../site/browser.ts';
import type { Random } from '../site/random.ts';
import type { Node, Site } from '../site/site.ts';
import { type Crowd, living, signIn, type Ticket, type Visitor } from './crowd.ts';
import type { Weather } from './weather.ts';

/** One request of a round, and what came back. */
export interface Entry {
  what: string;
  ticket: Ticket | undefined;
  begun: number;
  answer: Answer;
}

type Act = 'use' | 'burst' | 'logout' | 'logout all' | 'end other' | 'sign in';

const ACTS: readonly Act[] = [
  ...(['use', 'use', 'use', 'use', 'use', 'use', 'burst', 'burst', 'burst', 'burst'] as const),
  ...(['logout', 'logout', 'logout all', 'end other', 'sign in', 'sign in'] as const),
];

/** Some hundred milliseconds in which everybody does something, whatever the weather is. */
export class Round {
  readonly site: Site;
  readonly crowd: Crowd;
  readonly random: Random;
  readonly journal: Entry[] = [];
  readonly #open = new Map<Entry | object, { node: Node; ticket: Ticket | undefined }>();

  constructor(options: { site: Site; crowd: Crowd; random: Random }) {
    this.site = options.site;
    this.crowd = options.crowd;
    this.random = options.random;
  }

  async run(weather: Weather): Promise<void> {
    const { site, random, crowd } = this;
    await Promise.all(
      crowd.visitors.map((visitor) => (visitor.ticket ? undefined : this.#signIn(visitor))),
    );
    // Everything is drawn before anything happens: so a seed gives the same plan again.
    const acts = Array.from({ length: 8 + random.below(16) }, () => ({
      act: random.pick(ACTS),
      visitor: random.pick(crowd.visitors),
      at: random.below(700),
    }));
    await Promise.all([
      weather.happen({ site, random, onKill: (node) => this.#killed(node) }),
      ...acts.map(async ({ act, visitor, at }) => {
        await sleep(at);
        await this.#do(act, visitor);
      }),
    ]);
  }

  /** Use each of the tickets, until the answer is no outage. @returns the ones with another status */
  async check(tickets: readonly Ticket[], expected: 200 | 401): Promise<string[]> {
    const answers = await Promise.all(
      tickets.map(async (ticket) => ({
        ticket,
        answer: await untilSettled(() => this.#ask(ticket, 'use afterwards', '/api/user/info')),
      })),
    );
    return answers
      .filter(({ answer }) => answer.status !== expected && answer.status !== 401)
      .map(
        ({ ticket, answer }) =>
          `${ticket.visitor.name} afterwards: ${answer.status} ${answer.error}`,
      );
  }

  /** Let go of whatever is over, and end what nobody knows about. */
  async clearUp(): Promise<void> {
    const { crowd } = this;
    const dead = new Set(
      this.journal.flatMap(({ ticket, answer }) =>
        ticket && answer.status === 401 ? [ticket] : [],
      ),
    );
    for (const visitor of crowd.visitors) {
      const { ticket } = visitor;
      if (ticket === undefined || (ticket.enders === 0 && !dead.has(ticket))) continue;
      // Nobody may have waited for Redis yet, where nobody is signed in any more.
      await untilSettled(() => this.#ask(ticket, 'logout afterwards', '/auth/logout', 'POST'));
      visitor.ticket = undefined;
      visitor.browser.ticket = undefined;
    }
  }

  /** Any process that serves. */
  node(): Node {
    return this.random.pick(this.site.nodes.filter(({ serving }) => serving));
  }

  async #do(act: Act, visitor: Visitor): Promise<void> {
    const { ticket } = visitor;
    if (act === 'sign in') return this.#signIn(visitor);
    if (ticket === undefined) return;
    switch (act) {
      case 'use':
        await this.#use(ticket, act);
        return;
      case 'burst':
        await Promise.all(Array.from({ length: 5 }, () => this.#use(ticket, act)));
        return;
      case 'logout':
        return this.#end(ticket, [ticket], () => this.#ask(ticket, act, '/auth/logout', 'POST'));
      case 'logout all':
        return this.#sweep(ticket);
      case 'end other':
        return this.#endOther(ticket);
    }
  }

  /** The tickets of the same user. */
  #sessionsOf(ticket: Ticket): Ticket[] {
    const { user } = ticket.visitor.browser;
    const all = living(this.crowd).filter(({ visitor }) => visitor.browser.user === user);
    return all.includes(ticket) ? all : [ticket, ...all];
  }

  async #sweep(ticket: Ticket): Promise<void> {
    const sweep = { user: ticket.visitor.browser.user, endedAt: Number.POSITIVE_INFINITY };
    this.crowd.sweeps.push(sweep);
    await this.#end(ticket, this.#sessionsOf(ticket), () =>
      this.#ask(ticket, 'logout all', '/auth/logout/all', 'POST'),
    );
    sweep.endedAt = performance.now();
  }

  async #endOther(ticket: Ticket): Promise<void> {
    const [other] = this.#sessionsOf(ticket).filter((one) => one !== ticket);
    if (other === undefined) return;
    const path = `/auth/sessions/${other.handle}`;
    await this.#end(ticket, [other], () =>
      this.#ask(ticket, `end ${other.visitor.name}`, path, 'DELETE'),
    );
  }

  /** End tickets. Until a good answer nobody knows which are dead; after it they all are. */
  async #end(by: Ticket, tickets: Ticket[], ask: () => Promise<Answer>): Promise<void> {
    for (const ticket of tickets) ticket.enders += 1;
    // Whoever was ended meanwhile by somebody else could not end the others.
    const others = by.enders;
    const { status } = await ask();
    if (status !== 200 && status !== 204) return;
    const certain = tickets.includes(by) ? others === 1 && by.enders === 1 : true;
    for (const ticket of tickets) {
      if (certain || ticket === by) ticket.endedAt = Math.min(ticket.endedAt, performance.now());
    }
  }

  async #signIn(visitor: Visitor): Promise<void> {
    if (visitor.signingIn) return;
    const begun = performance.now();
    const answer = await signIn(this.crowd, visitor, [this.node(), this.node()]);
    this.journal.push({ what: 'sign in', ticket: visitor.ticket, begun, answer });
  }

  #use(ticket: Ticket, what: string): Promise<Answer> {
    return this.#ask(ticket, what, '/api/user/info');
  }

  /** Ask, and ask another process where the connection broke, as a load balancer does. */
  async #ask(
    ticket: Ticket,
    what: string,
    path: string,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
  ): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const node = this.node();
      const key = {};
      this.#open.set(key, { node, ticket });
      const begun = performance.now();
      const answer = await ticket.visitor.browser.call(node, path, {
        method,
        ticket: ticket.cookie,
      });
      this.#open.delete(key);
      this.journal.push({ what, ticket, begun, answer });
      if (answer.status !== 0 || tries === 4) return answer;
      await sleep(20);
    }
  }

  /** Who waits for a process that is killed may lose the tokens of a refresh. */
  #killed(killed: Node): void {
    killed.serving = false;
    for (const { node, ticket } of this.#open.values()) {
      if (node === killed && ticket) ticket.atRisk = true;
    }
  }
}

/** Ask until the answer is no outage, for as long as one may last. */
async function untilSettled(ask: () => Promise<Answer>): Promise<Answer> {
  const until = performance.now() + 12_000;
  for (;;) {
    const answer = await ask();
    if ((answer.status !== 0 && answer.status < 500) || performance.now() > until) return answer;
    await sleep(200);
  }
}
