import { expect, test } from 'vitest';
import { oneSession } from './one-session.ts';

test('the same callback sent 20 times at once to two processes makes one token request', async () => {
  await using session = await oneSession();
  const { site, browser, one, other } = session;
  const { token } = site.emulator.control.stats().calls;
  const begun = await browser.begin(one);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      browser.comeBack(index % 2 === 0 ? one : other, begun),
    ),
  );
  const locations = answers.map(({ location }) => location).toSorted();
  expect(locations).toEqual(
    ['/?login=success', ...Array(19).fill('/?error=invalid_state')].toSorted(),
  );
  expect(site.emulator.control.stats().calls.token).toBe(token + 1);
}, 60_000);
