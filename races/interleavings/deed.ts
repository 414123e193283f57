import { sessionKeys } from '../../packages/express/src/session/session-keys.ts';
import type { Grant } from './grant.ts';
import type { PlannedEvent } from './plan.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** Somebody's session in a run. */
export interface Ticket {
  id: string;
  user: number;
  grant: Grant;
  /** Everything that was done to end it, and when that had returned, if it did. */
  endings: Ending[];
  /** False while its login is under way: what ends all sessions may end it, or come before it. */
  opened: boolean;
  /** Its attempt is taken: the login is under way. */
  taken: boolean;
}

/** Moments of a run. */
export interface Ending {
  begun: number;
  returned?: number;
}

/** Something that somebody did with a ticket, and what came of it: an error with the token that still lives. */
export interface Deed {
  name: string;
  event: PlannedEvent;
  ticket: Ticket;
  begun: number;
  ended?: number;
  outcome?: { shown: unknown } | { error: unknown; accessToken?: string | undefined };
}

/** The tickets that an event ends if it goes well. `others` are all of the same user. */
export function endedBy(
  { kind }: PlannedEvent,
  {
    ticket,
    others,
    underWay,
  }: { ticket: Ticket; others: readonly Ticket[]; underWay: readonly Ticket[] },
): readonly Ticket[] {
  switch (kind) {
    case 'logout':
      return [ticket];
    case 'logout all':
      return [...others, ...underWay];
    case 'end other':
      return [nextOf(ticket, others)];
    default:
      return [];
  }
}

/** Do what an event says, in a process. */
export function act(
  engine: SimulatedProcess,
  { event, ticket, others }: { event: PlannedEvent; ticket: Ticket; others: readonly Ticket[] },
): Promise<unknown> {
  switch (event.kind) {
    case 'logout':
      return engine.logout(ticket.id);
    case 'logout all':
      return engine.logoutAll(ticket.id);
    case 'end other':
      return engine.endOther(ticket.id, sessionKeys('', nextOf(ticket, others).id).hash);
    case 'list':
      return engine.list(ticket.id);
    default:
      return engine.use(ticket.id);
  }
}

function nextOf(ticket: Ticket, others: readonly Ticket[]): Ticket {
  return others[(others.indexOf(ticket) + 1) % others.length] ?? ticket;
}
