import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../site/random.ts';
import type { Node, Site } from '../site/site.ts';

/** What goes wrong during a round. */
export interface Weather {
  name: string;
  /** Codes of 5xx answers that it excuses. */
  excuses: readonly string[];
  /** Whether connections break because a process is killed. */
  kills: boolean;
  /** How many refreshes it may cost their session. */
  losses: number;
  /** Make it happen; resolves when it is over. */
  happen(round: { site: Site; random: Random; onKill: (node: Node) => void }): Promise<void>;
}

const HARMLESS = { excuses: [], losses: 0, kills: false };

type Kind = (random: Random) => Weather;

const calm: Kind = () => ({ ...HARMLESS, name: 'calm', happen: async () => {} });

const expiry: Kind = (random) => ({
  ...HARMLESS,
  name: 'all access tokens end',
  async happen({ site }) {
    await sleep(random.below(500));
    site.emulator.control.expireAccessTokens();
  },
});

const slow: Kind = (random) => {
  const ms = random.pick([100, 400, 1500, 6500]);
  const times = ms > 5000 ? 1 : 1 + random.below(4);
  return {
    ...HARMLESS,
    name: `${times} refreshes take ${ms} ms`,
    async happen({ site }) {
      site.emulator.control.addFault({ endpoint: 'refresh', kind: 'delay', ms, times });
      site.emulator.control.expireAccessTokens();
    },
  };
};

const outage: Kind = (random) => {
  const times = 1 + random.below(5);
  const kind = random.pick(['status', 'reset', 'html'] as const);
  return {
    ...HARMLESS,
    name: `${times} refreshes fail with ${kind}`,
    excuses: ['provider_unavailable'],
    async happen({ site }) {
      site.emulator.control.addFault({ endpoint: 'refresh', kind, status: 503, times });
      await sleep(random.below(400));
      site.emulator.control.expireAccessTokens();
    },
  };
};

const lostAnswer: Kind = (random) => ({
  ...HARMLESS,
  name: 'the answer of a refresh is lost',
  excuses: ['provider_unavailable'],
  losses: 1,
  async happen({ site }) {
    const ms = random.below(300);
    site.emulator.control.addFault({ endpoint: 'refresh', kind: 'lost-answer', ms, times: 1 });
    await sleep(random.below(400));
    site.emulator.control.expireAccessTokens();
  },
});

const death: Kind = (random) => ({
  ...HARMLESS,
  name: 'a process is killed', // whoever was in the middle of something there is known by name
  kills: true,
  async happen({ site, onKill }) {
    const ms = 100 + random.below(400);
    site.emulator.control.addFault({ endpoint: 'refresh', kind: 'delay', ms, times: 4 });
    site.emulator.control.expireAccessTokens();
    await sleep(random.below(700));
    const node = random.pick(site.nodes);
    onKill(node);
    await site.kill(node);
    await site.revive(node);
  },
});

const pause: Kind = (random) => ({
  ...HARMLESS,
  name: 'a process stands still',
  async happen({ site }) {
    await sleep(random.below(400));
    site.emulator.control.expireAccessTokens();
    const node = random.pick(site.nodes);
    site.signal(node, 'SIGSTOP');
    await sleep(200 + random.below(1500)); // less than a lease, so nobody takes over
    site.signal(node, 'SIGCONT');
  },
});

const storeCrash: Kind = (random) => {
  const lasts = random.pick([200, 200, 800, 800, 6500]);
  return {
    ...HARMLESS,
    name: `Redis is away for ${lasts} ms`,
    excuses: ['session_store_unavailable'],
    async happen({ site }) {
      const ms = random.below(600);
      site.emulator.control.addFault({ endpoint: 'refresh', kind: 'delay', ms, times: 6 });
      site.emulator.control.expireAccessTokens();
      await sleep(random.below(500));
      await site.redis.crash();
      await sleep(lasts);
      await site.redis.restart();
    },
  };
};

const KINDS: readonly Kind[] = [
  ...[calm, calm, calm, expiry, expiry, expiry, slow, slow],
  ...[outage, lostAnswer, death, death, pause, storeCrash],
];

/** Draw the weather of a round. */
export function drawWeather(random: Random): Weather {
  return random.pick(KINDS)(random);
}
