import type { RefreshPolicy } from '@cloakroom/profiles/provider-profile';
import fc, { type Arbitrary } from 'fast-check';
import { REFRESH_KINDS, type RefreshKind, type RefreshPlan } from './refresh-plan.ts';

/** What somebody does, or what happens to the house, at a time of the virtual clock. */
export interface PlannedEvent {
  kind: EventKind;
  /** Milliseconds after the begin. */
  at: number;
  /** Which process gets it, or is killed; counted around. */
  process: number;
  /** Whose session it is about; counted around. */
  session: number;
  /** Milliseconds, of an outage. */
  lasts: number;
}

export type EventKind =
  | 'use'
  | 'list'
  | 'logout'
  | 'logout all'
  | 'end other'
  | 'login'
  | 'tokens expire'
  | 'kill'
  | 'store unreachable'
  | 'store deaf'
  | 'store frozen';

/** A session that exists at the begin: its access token lives `life` seconds and is `age` ms old. */
export interface PlannedSession {
  user: number;
  life: number;
  age: number;
}

/** One run: who is there, what they do and what goes wrong. In which order, the scheduler says. */
export interface Plan {
  processes: number;
  sessions: PlannedSession[];
  events: PlannedEvent[];
  refreshes: RefreshPlan[];
  /** What the provider does with a refresh token: each is good for one use, with or without a successor. */
  policy: RefreshPolicy;
  /** Milliseconds that a message may be under way. */
  slowestMessage: number;
}

const weighted = <T>(weights: readonly (readonly [number, T])[]): Arbitrary<T> =>
  fc.oneof(...weights.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

type Weights = readonly (readonly [number, EventKind])[];

/** What a run is about: few kinds of events, so that they meet. */
const THEMES: Record<string, Weights> = {
  calm: [[1, 'use']],
  expiry: [
    [5, 'use'],
    [1, 'tokens expire'],
  ],
  logout: [
    [5, 'use'],
    [1, 'logout'],
    [1, 'end other'],
    [1, 'logout all'],
    [1, 'login'],
  ],
  deaths: [
    [6, 'use'],
    [1, 'kill'],
    [1, 'logout'],
  ],
  storms: [
    [6, 'use'],
    [1, 'store unreachable'],
    [1, 'store deaf'],
    [1, 'store frozen'],
    [1, 'logout'],
  ],
  everything: [
    [12, 'use'],
    [2, 'logout'],
    [1, 'logout all'],
    [1, 'end other'],
    [1, 'login'],
    [2, 'tokens expire'],
    [1, 'kill'],
    [1, 'store unreachable'],
    [1, 'store deaf'],
    [1, 'store frozen'],
  ],
};

const eventOf = (kinds: Weights): Arbitrary<PlannedEvent> =>
  fc.record({
    kind: weighted(kinds),
    at: weighted([
      [6, 0],
      [2, 30],
      [2, 300],
      [1, 1500],
      [1, 4000],
      [1, 8000],
    ]),
    process: fc.nat(2),
    session: weighted([
      [3, 0],
      [1, 1],
      [1, 2],
    ]),
    lasts: weighted([
      [2, 400],
      [1, 6500],
    ]),
  });

const refresh = fc.record({
  kind: weighted<RefreshKind>([
    [24, 'ok'],
    ...REFRESH_KINDS.slice(1).map((kind) => [1, kind] as const),
  ]),
  before: weighted([
    [4, 5],
    [2, 200],
    [1, 1000],
  ]),
  after: weighted([
    [8, 5],
    [4, 200],
    [1, 6500],
  ]),
  life: weighted([
    [4, 7200],
    [1, 2],
  ]),
});

/** An hour, of which nothing is over; 55 minutes are; all are. The second is stale, the third dead. */
const session = fc.record({
  user: fc.nat(1),
  life: fc.constant(3600),
  age: weighted([
    [1, 0],
    [3, 3_400_000],
    [2, 3_600_000],
  ]),
});

const planOf = (kinds: Weights): Arbitrary<Plan> =>
  fc.record({
    processes: weighted([
      [1, 1],
      [4, 2],
      [3, 3],
    ]),
    sessions: fc.array(session, { minLength: 1, maxLength: 3 }),
    events: fc.array(eventOf(kinds), { minLength: 2, maxLength: 10 }),
    refreshes: fc.array(refresh, { maxLength: 4 }),
    policy: weighted<RefreshPolicy>([
      [2, 'replace-or-keep'],
      [1, 'one-shot'],
    ]),
    slowestMessage: fc.constantFrom(0, 60, 1000),
  });

export const plans: Arbitrary<Plan> = fc.oneof(...Object.values(THEMES).map(planOf));
