import type { Scheduler } from 'fast-check';
import { memoryStore } from '../../packages/express/src/store/memory.ts';
import type { Store } from '../../packages/express/src/store/store.ts';
import { act, type Deed, type Ending, endedBy, type Ticket } from './deed.ts';
import { Messages } from './messages.ts';
import { OneUseProvider } from './one-use-provider.ts';
import type { Plan, PlannedEvent, PlannedSession } from './plan.ts';
import { scheduledStore } from './scheduled-store.ts';
import { type SimulatedProcess, simulatedProcess } from './simulated-process.ts';
import { StoreWeather, type Storm } from './store-weather.ts';
import { actors, VirtualTime } from './virtual-time.ts';

/** More steps than any run needs: beyond, somebody waits for ever. */
const PATIENCE = 20_000;

/** One run of a plan, in the order that the scheduler says. */
export class Simulation {
  readonly plan: Plan;
  readonly time = new VirtualTime();
  readonly messages: Messages;
  readonly provider: OneUseProvider;
  readonly store: Store;
  readonly tickets: Ticket[] = [];
  readonly deeds: Deed[] = [];
  /** Access tokens that were in the store at some time. */
  readonly kept = new Set<string>();
  /** Grants whose refresh token was taken out of the store. */
  readonly givenUp = new Set<string>();
  readonly #weather: StoreWeather;
  readonly #processes: { engine: SimulatedProcess; name: string; dead: boolean }[];

  constructor(plan: Plan, scheduler: Scheduler) {
    const { time } = this;
    this.plan = plan;
    this.messages = new Messages({ scheduler, time, slowest: plan.slowestMessage });
    const { messages } = this;
    const oneShot = plan.policy === 'one-shot';
    this.provider = new OneUseProvider({ time, messages, plans: plan.refreshes, oneShot });
    this.store = noting(memoryStore(time.now), this);
    this.#weather = new StoreWeather(time);
    this.#processes = Array.from({ length: plan.processes }, (_, index) => {
      const name = `P${index}`;
      const place = { process: name, messages, weather: this.#weather, time };
      const store = scheduledStore(this.store, place);
      const { policy } = plan;
      const engine = simulatedProcess(name, { store, time, provider: this.provider, policy });
      return { engine, name, dead: false };
    });
  }

  /** Open the sessions of the plan, and let everything happen until all is quiet. */
  async happen(): Promise<void> {
    for (const session of this.plan.sessions) {
      void this.#login({ ...session, process: 0 });
      await this.#untilQuiet();
    }
    await actors.exit(() => this.#pass(61_000)); // the next use pushes the idle time-out
    for (const event of this.plan.events) void this.#happen(event);
    await this.#untilQuiet();
  }

  /** Everything works again, and all leases have ended: who is still signed in? */
  async aftermath(): Promise<void> {
    this.provider.recover();
    await this.#pass(30_000);
    const process = this.plan.processes - 1;
    const opened = this.tickets.filter((one) => one.opened);
    for (const session of opened.keys()) {
      const last = { kind: 'use', at: 0, process, session, lasts: 0 } as const;
      void this.#happen(last);
      await this.#untilQuiet();
      const list = { ...last, kind: 'list' } as const;
      void this.#happen(list);
      await this.#untilQuiet();
    }
  }

  async #happen(event: PlannedEvent): Promise<void> {
    await this.time.sleep(event.at);
    await this.messages.travel(`event ${event.kind}`, '');
    const process = this.#processes[event.process % this.#processes.length];
    const opened = this.tickets.filter((one) => one.opened);
    const ticket = opened[event.session % opened.length];
    if (process === undefined || ticket === undefined) return;
    switch (event.kind) {
      case 'tokens expire':
        return this.provider.expireAccessTokens();
      case 'store unreachable':
        return this.#storm(event, 'unreachable');
      case 'store deaf':
        return this.#storm(event, 'deaf');
      case 'store frozen':
        return this.#storm(event, 'frozen');
      case 'kill':
        return this.#kill(event);
      case 'login':
        return this.#login({ user: ticket.user, life: 3600, age: 0, process: event.process });
      default:
        return this.#deed(event, ticket);
    }
  }

  /** Kill a process, but never the last one. */
  #kill({ process: index }: PlannedEvent): void {
    const process = this.#processes[index % this.#processes.length];
    if (process === undefined || process === this.#processes.at(-1)) return;
    process.dead = true;
    for (const { grant } of this.tickets) grant.lose(process.name);
  }

  /** The store is away for a while; when it is back, everybody tries again at once. */
  async #storm(event: PlannedEvent, storm: Storm): Promise<void> {
    if (!(await this.#weather.storm(storm, event.lasts))) return;
    for (const process of this.#processes.keys()) {
      void this.#happen({ ...event, kind: 'use', at: 0, process });
    }
  }

  async #login(session: PlannedSession & { process: number }): Promise<void> {
    const [grant, tokens] = this.provider.login(session.user, session);
    this.kept.add(tokens.accessToken);
    const ticket: Ticket = {
      id: `s${grant.name}`,
      user: session.user,
      grant,
      endings: [],
      taken: false,
      opened: false,
    };
    const { id, user } = ticket;
    this.tickets.push(ticket);
    const begun = this.messages.moment();
    const onTaken = () => {
      ticket.taken = true;
    };
    const login = (engine: SimulatedProcess) => engine.login(id, { user, tokens, onTaken });
    await this.#as(`login ${id}`, session.process, login).then(
      () => {
        ticket.opened = true;
        ticket.endings.push(...this.#sweeps(ticket, begun));
      },
      () => {}, // the store was away: nobody has this ticket
    );
  }

  /** What ended all sessions of this user while this one was opened: it may have been among them. */
  #sweeps({ user }: Ticket, begun: number): Ending[] {
    return this.deeds
      .filter(({ event, ticket }) => event.kind === 'logout all' && ticket.user === user)
      .filter(({ ended = Number.POSITIVE_INFINITY }) => ended > begun)
      .map((sweep) => ({ begun: sweep.begun }));
  }

  async #deed(event: PlannedEvent, ticket: Ticket): Promise<void> {
    const name = `${event.kind} ${this.deeds.length}`;
    const deed: Deed = { name, event, ticket, begun: this.messages.moment() };
    this.deeds.push(deed);
    const others = this.tickets.filter(({ user, opened }) => user === ticket.user && opened);
    // Somebody who is signed out everywhere does not come in by a login that is still under way.
    const underWay = this.tickets.filter(
      ({ user, taken, opened }) => user === ticket.user && taken && !opened,
    );
    const endings = endedBy(event, { ticket, others, underWay }).map((one) => {
      const ending: Ending = { begun: deed.begun };
      one.endings.push(ending);
      return ending;
    });
    try {
      const shown = await this.#as(name, event.process, (engine) =>
        act(engine, { event, ticket, others }),
      );
      deed.outcome = { shown };
      const returned = this.messages.moment();
      for (const ending of endings) if (shown !== false) ending.returned = returned;
    } catch (error) {
      deed.outcome = { error, accessToken: this.#liveTokenOf(ticket) };
    }
    deed.ended = this.messages.moment();
  }

  /** The access token of a session that was stored last, if the provider would take it now. */
  #liveTokenOf({ grant }: Ticket): string | undefined {
    const stored = [...this.kept].filter((token) => token.startsWith(`a-${grant.name}-`)).at(-1);
    return stored !== undefined && this.provider.isLive(stored) ? stored : undefined;
  }

  /** Do something in a process. Never settles if that is killed meanwhile. */
  async #as<T>(
    name: string,
    index: number,
    task: (engine: SimulatedProcess) => Promise<T>,
  ): Promise<T> {
    const alive = this.#processes.filter(({ dead }) => !dead);
    const process = alive[index % alive.length];
    if (process === undefined) throw new Error('no process');
    const actor = {
      name,
      time: this.time,
      get dead() {
        return process.dead;
      },
    };
    return actors.run(actor, () => task(process.engine));
  }

  /** Let time pass. */
  async #pass(ms: number): Promise<void> {
    let over = false;
    void this.time.sleep(ms).then(() => {
      over = true;
    });
    while (!over) await this.messages.step();
  }

  async #untilQuiet(): Promise<void> {
    for (let steps = 0; await this.messages.step(); steps += 1) {
      if (steps > PATIENCE) throw new Error('somebody waits for ever');
    }
  }
}

/** Note every access token that is stored, and of which grants the refresh token is not. */
function noting(store: Store, { kept, givenUp }: Pick<Simulation, 'kept' | 'givenUp'>): Store {
  return {
    ...store,
    async replace(change) {
      const outcome = await store.replace(change);
      const [, token, grant] = /"accessToken":"(a-(\w+)-\d+)"/.exec(change.value) ?? [];
      if (outcome !== 'replaced' || token === undefined || grant === undefined) return outcome;
      kept.delete(token); // the last one that was stored is the last one here
      kept.add(token);
      if (!change.value.includes('"refreshToken"')) givenUp.add(grant);
      return outcome;
    },
  };
}
