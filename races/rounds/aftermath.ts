import { setTimeout as sleep } from 'node:timers/promises';
import type { Stats } from '@cloakroom/emulator';
import { PREFIX } from '../site/site.ts';
import { living, type Ticket } from './crowd.ts';
import type { Entry, Round } from './round.ts';
import type { Weather } from './weather.ts';

/** Milliseconds after which a Redis that is back has been offered all that waits for it. */
const OFFERED_BY_NOW = 1500;

/** What was promised and not kept in a round, as sentences. Everything is quiet by now. */
export async function aftermath(round: Round, weather: Weather, before: Stats): Promise<string[]> {
  const { control } = round.site.emulator;
  control.clearFaults();
  const troubled = weather.excuses.length > 0 || round.crowd.tickets.some(({ atRisk }) => atRisk);
  if (troubled) {
    // First what Redis has not taken yet: of two access tokens that are refused one after the other,
    // the second ends the session.
    await sleep(OFFERED_BY_NOW);
    control.expireAccessTokens(); // what was lost shows when it is needed
  }
  const broken = [
    ...(await round.check(living(round.crowd), 200)),
    ...(await round.check(round.crowd.tickets.filter(isOver), 401)),
  ];
  await round.clearUp();
  return [
    ...broken,
    ...round.journal.flatMap((entry) => [...brokenBy(entry, weather)]),
    ...deaths(round, weather),
    ...refreshes({ before, after: control.stats(), round, weather }),
    ...(await listed(round)),
    ...keysLeft(await round.site.redis.keys(), round, weather),
  ];
}

const isOver = ({ endedAt }: Ticket) => endedAt < Number.POSITIVE_INFINITY;

function* brokenBy({ what, ticket, begun, answer }: Entry, weather: Weather): Generator<string> {
  const { status, error = '', body } = answer;
  const whose = `${what} of ${ticket?.visitor.name}`;
  const excused = weather.excuses.includes(error) || (status === 0 && weather.kills);
  if ((status === 0 || status >= 500) && !excused) yield `${whose}: ${status} ${error}`;
  if (ticket === undefined || status !== 200 || !what.match(/^(use|burst)/)) return;
  if (begun > ticket.endedAt) yield `${whose}: 200 for a session that was over`;
  const { id } = JSON.parse(body);
  if (id !== ticket.visitor.browser.user.id) yield `${whose}: shows user ${id}`;
}

/** Sessions that ended and that nobody had ended. */
function* deaths({ journal }: Round, weather: Weather): Generator<string> {
  const dead = new Set(
    journal.flatMap(({ ticket, answer }) =>
      answer.status === 401 && ticket?.enders === 0 && !ticket.atRisk ? [ticket] : [],
    ),
  );
  if (dead.size <= weather.losses) return;
  for (const { visitor } of dead) yield `${visitor.name} was signed out by nobody`;
}

interface Refreshes {
  before: Stats;
  after: Stats;
  round: Round;
  weather: Weather;
}

function* refreshes({ before, after, round, weather }: Refreshes): Generator<string> {
  const excused = weather.losses + round.crowd.tickets.filter(({ atRisk }) => atRisk).length;
  const reuses = after.refreshReuses - before.refreshReuses;
  if (reuses > excused) yield `${reuses} refresh tokens were sent twice`;
  const crowded = after.grants.filter(
    ({ maxConcurrentRefreshes: most }, index) =>
      most > Math.max(1, before.grants[index]?.maxConcurrentRefreshes ?? 0),
  );
  for (const { username } of crowded) yield `two refreshes at once for ${username}`;
}

/** Everybody's list has exactly the sessions that live. */
async function listed(round: Round): Promise<string[]> {
  const alive = living(round.crowd);
  const lists = await Promise.all(
    alive.map(async ({ visitor, handle }) => {
      const answer = await visitor.browser.call(round.node(), '/auth/sessions');
      const handles: string[] = JSON.parse(answer.body).map(
        (one: { handle: string }) => one.handle,
      );
      const missing = handles.includes(handle) ? [] : [`${visitor.name} is in nobody's list`];
      const dead = round.crowd.tickets.filter((one) => isOver(one) && handles.includes(one.handle));
      return [...missing, ...dead.map((one) => `${one.visitor.name} is listed and over`)];
    }),
  );
  return lists.flat();
}

function* keysLeft(keys: string[], { crowd }: Round, weather: Weather): Generator<string> {
  const alive = new Set(living(crowd).map(({ handle }) => handle));
  const known = new Set(crowd.tickets.map(({ handle }) => handle));
  const strangers = new Set<string>();
  for (const key of keys) {
    const [, kind, handle = ''] = /^races:(session|tokens|lease):\{(.+)\}$/.exec(key) ?? [];
    if (kind === undefined || alive.has(handle)) continue;
    if (!known.has(handle)) strangers.add(handle);
    else if (kind !== 'lease' || !weather.kills) yield `${key.slice(PREFIX.length)} is left`;
  }
  if (strangers.size > crowd.lostLogins) yield `${strangers.size} sessions of nobody`;
}
