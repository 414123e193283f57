import { ApiError } from '../../packages/express/src/errors.ts';
import { sessionKeys } from '../../packages/express/src/session/session-keys.ts';
import { StoreUnavailableError } from '../../packages/express/src/store/store.ts';
import type { Deed, Ticket } from './deed.ts';
import { NotSignedIn } from './simulated-process.ts';
import type { Simulation } from './simulation.ts';

/** What was promised and not kept in a run, as sentences. */
export async function brokenPromises(run: Simulation): Promise<string[]> {
  return [
    ...run.provider.grants.flatMap(({ violations }) => violations),
    ...tokensOfTheirOwn(run),
    ...run.deeds.flatMap((deed) => [...outcomeOf(deed, run)]),
    ...(await keysOfTheDead(run)),
  ];
}

function* tokensOfTheirOwn({ provider, deeds, kept }: Simulation): Generator<string> {
  for (const { use, token, grant } of provider.calls) {
    const deed = deeds.find(({ name }) => name === use);
    if (grant !== deed?.ticket.grant) yield `${use} called with ${token}, which is not its own`;
    if (!kept.has(token)) yield `${use} called with ${token}, which was never stored`;
  }
}

function* outcomeOf(deed: Deed, run: Simulation): Generator<string> {
  const { name, ticket, outcome, event } = deed;
  if (outcome === undefined) {
    if (!run.plan.events.some(({ kind }) => kind === 'kill')) yield `${name} never ended`;
    return;
  }
  const dead = ticket.endings.some(
    ({ returned = Number.POSITIVE_INFINITY }) => returned < deed.begun,
  );
  if ('error' in outcome) {
    const reason = excuse(outcome.error, deed, run);
    if (ticket.grant.oneShot && isCode(outcome.error, 'session_expired') && outcome.accessToken) {
      yield `${name} of ${ticket.id} ended it though ${outcome.accessToken} still works`;
    }
    if (reason === undefined) yield `${name} of ${ticket.id} failed: ${describe(outcome.error)}`;
  } else if (event.kind === 'use') {
    if (dead) yield `${name} of ${ticket.id} worked after it had been ended`;
    if (outcome.shown !== ticket.user) yield `${name} was shown user ${outcome.shown}`;
  } else if (event.kind === 'list') {
    const { hash } = sessionKeys('', ticket.id);
    if (!(outcome.shown as string[]).includes(hash)) yield `${ticket.id} is not in its own list`;
  }
}

/** @returns why this error is no broken promise */
function excuse(
  error: unknown,
  { ticket, event, ended = 0 }: Deed,
  run: Simulation,
): string | undefined {
  const away = run.plan.events.some(({ kind }) => kind.startsWith('store'));
  if (error instanceof StoreUnavailableError) return away ? 'the store was away' : undefined;
  if (event.kind.match(/logout|end/) && error instanceof NotSignedIn) return 'nothing to end';
  const over =
    error instanceof NotSignedIn || isCode(error, 'not_authenticated', 'session_expired');
  if (over) {
    if (ticket.endings.some(({ begun }) => begun < ended)) return 'it was ended';
    if (ticket.grant.revoked && ticket.grant.revoked !== 'reuse') return 'the provider ended it';
    const killed = run.plan.events.some(({ kind }) => kind === 'kill');
    const used = ticket.grant.wasSent || killed;
    if (ticket.grant.oneShot && used && run.givenUp.has(ticket.grant.name))
      return 'nothing left to refresh';
    return refusedTwice(ticket, run) ? 'a fresh token was refused' : undefined;
  }
  const putOff = isCode(error, 'provider_unavailable', 'provider_error');
  return putOff && ticket.grant.troubled ? 'the provider was away' : undefined;
}

/** A token expired, was replaced, and the new one expired at once: the table says that ends it. */
function refusedTwice({ grant }: Ticket, { provider, plan }: Simulation): boolean {
  const expiries = plan.events.filter(({ kind }) => kind === 'tokens expire').length;
  if (expiries < 2 && plan.refreshes.every(({ life }) => life > 60)) return false;
  const refused = provider.calls.filter((call) => call.grant === grant && !call.accepted);
  return refused.some((one) =>
    refused.some((other) => one.use === other.use && one.token !== other.token),
  );
}

/**
 * The same before leases have ended by themselves: only where one was killed, or could not reach the
 * store, may a lease wait for its end.
 */
export async function keysLeftAtOnce(run: Simulation): Promise<string[]> {
  const accident = run.plan.events.some(({ kind }) => kind === 'kill' || kind.startsWith('store'));
  return accident ? [] : keysOfTheDead(run);
}

/** Whoever is signed out leaves nothing in the store. */
async function keysOfTheDead({ tickets, store }: Simulation): Promise<string[]> {
  const found = await Promise.all(
    tickets.map(async ({ id, endings, opened }) => {
      const keys = sessionKeys('', id);
      if (!opened) return []; // a login that was cut off leaves what ends by itself
      const ended = endings.some(({ returned }) => returned !== undefined);
      if (!ended && (await store.get(keys.session)) !== null) return [];
      const names = ['session', 'tokens', 'lease'] as const;
      const left = await Promise.all(names.map((name) => store.get(keys[name])));
      return names
        .filter((_, index) => left[index] !== null)
        .map((name) => `${name} of ${id} is left`);
    }),
  );
  return found.flat();
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}

function describe(error: unknown): string {
  return error instanceof ApiError
    ? `${error.code}: ${error.message}`
    : String((error as Error)?.stack ?? error);
}
