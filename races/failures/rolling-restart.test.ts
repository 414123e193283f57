import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneSession } from './one-session.ts';

test('a rolling restart under load loses no request', async () => {
  await using session = await oneSession();
  const { site, browser } = session;
  const lost: string[] = [];
  let served = 0;
  let over = false;
  const load = async (index: number) => {
    for (let turn = index; !over; turn += 1) {
      const first = turn % site.nodes.length;
      for (const node of [...site.nodes.slice(first), ...site.nodes.slice(0, first)]) {
        const answer = await browser.userInfo(node);
        if (answer.error === 'ECONNREFUSED') continue; // the next one, as a load balancer does
        if (answer.status === 200) served += 1;
        else lost.push(`${answer.status} ${answer.error} of ${node.index}, ready: ${node.serving}`);
        break;
      }
      await sleep(5);
    }
  };
  const clients = Array.from({ length: 6 }, (_, index) => load(index));
  for (const node of site.nodes) {
    site.emulator.control.addFault({ endpoint: 'refresh', kind: 'delay', ms: 700, times: 1 });
    site.emulator.control.expireAccessTokens();
    await sleep(300);
    const { process: ending } = node;
    node.serving = false;
    site.signal(node, 'SIGTERM');
    const begun = performance.now();
    expect((await ending.ended).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    await site.revive(node);
    await sleep(300);
  }
  over = true;
  await Promise.all(clients);
  expect(lost).toEqual([]);
  expect(served).toBeGreaterThan(100);
}, 60_000);
