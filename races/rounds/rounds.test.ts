import { afterAll, beforeAll, expect, test } from 'vitest';
import { full, seed } from '../seed.ts';
import { randomOf } from '../site/random.ts';
import { type Site, startSite } from '../site/site.ts';
import { aftermath } from './aftermath.ts';
import { type Crowd, gather } from './crowd.ts';
import { type Entry, Round } from './round.ts';
import { drawWeather } from './weather.ts';

const ROUNDS = Number(process.env.RACES_ROUNDS ?? (full ? 300 : 10));
/** Milliseconds after which no further round begins. */
const ENOUGH = full ? 360_000 : 8_000;
/** One round of a seed, over and over. */
const only = process.env.RACES_ROUND;

let site: Site;
let crowd: Crowd;

beforeAll(async () => {
  site = await startSite({ processes: 3, lifetimes: { accessToken: 3 } });
  crowd = gather(site);
}, 60_000);
afterAll(() => site?.stop());

test(
  'three processes keep every promise, round after round, in any weather',
  async () => {
    process.stdout.write(`RACES_SEED=${seed}\n`);
    const begun = performance.now();
    let rounds = 0;
    for (; rounds < ROUNDS && performance.now() - begun < ENOUGH; rounds += 1) {
      const number = Number(only ?? rounds);
      const random = randomOf(seed * 1000 + number);
      const weather = drawWeather(random);
      const round = new Round({ site, crowd, random });
      const before = site.emulator.control.stats();
      await round.run(weather);
      const broken = await aftermath(round, weather, before);
      const again = `RACES_SEED=${seed} RACES_ROUND=${number}`;
      const message = `round ${rounds} (${weather.name}), again with ${again}`;
      expect(broken.join('\n'), `${message}\n${story(round)}`).toBe('');
      crowd.tickets = crowd.tickets.filter(
        ({ visitor, ...one }) => visitor.ticket?.handle === one.handle,
      );
      for (const ticket of crowd.tickets) ticket.atRisk = false;
    }
    process.stdout.write(`${rounds} rounds\n`);
    expect(rounds, 'rounds before the time was over').toBeGreaterThanOrEqual(
      Math.min(ROUNDS, full ? 150 : 1),
    );
  },
  ENOUGH + 60_000,
);

/** What was asked and answered, in the order of the questions. */
function story({ journal }: Round): string {
  const [first] = journal;
  const line = ({ what, ticket, begun, answer }: Entry) => {
    const at = Math.round(begun - (first?.begun ?? 0));
    const { status, error = '', node, location } = answer;
    return `${at} ms ${what} of ${ticket?.visitor.name} at ${node.index}: ${status} ${error}${location}`;
  };
  return journal
    .toSorted((a, b) => a.begun - b.begun)
    .map(line)
    .join('\n');
}
