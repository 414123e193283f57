import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { Browser } from './browser-jar.ts';
import { type Site, somebodyElse } from './people.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import { expectRefused, inTime } from './store-trouble.ts';

/**
 * Use the site in every way for as long as something takes to happen: what is not served is refused,
 * in time, and nobody who was signed in is told otherwise.
 */
export async function useDuring(
  { bff, provider }: Pick<Site, 'bff' | 'provider'>,
  happen: () => Promise<unknown>,
): Promise<void> {
  const member = await signIn(bff, provider);
  let over = false;
  const end = happen().finally(() => {
    over = true;
  });
  while (!over) {
    const newcomer = new Browser(bff);
    const path = await walkToCallback(newcomer, provider, { account: somebodyElse() });
    const [back, info, session] = await inTime([
      comeBack(newcomer, path),
      member.call('GET', '/api/user/info'),
      member.call('GET', '/auth/session'),
    ]);
    expect(['/?login=success', '/?error=session_store_unavailable']).toContain(back.location);
    for (const answer of [info, session]) {
      if (answer.status === 200) expect(answer.json.authenticated).not.toBe(false);
      else expectRefused(answer);
    }
    await delay(100);
  }
  await end;
}
