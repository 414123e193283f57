import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { DemoApp } from './demo-app.ts';
import { signedIn, WEICHEN } from './demo-users.ts';

let emulator: Emulator;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  base = emulator.personas.aihubmix.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

test('the page lists nothing for somebody who allowed nothing', async () => {
  const page = await (await signedIn(base)).open(`${base}/account/apps`);
  expect(page.html).toContain('You have not authorised any app.');
});

test('revoke ends access and refresh at once, of this user and this app only', async () => {
  const [app, otherApp] = [new DemoApp(emulator), new DemoApp(emulator, 'Other app')];
  const browser = await signedIn(base);
  const [mine, ofOtherApp] = [await app.tokens({ browser }), await otherApp.tokens({ browser })];
  const ofOtherUser = await app.tokens({ browser: await signedIn(base, WEICHEN) });

  const page = await browser.open(`${base}/account/apps`);
  expect(page.html).toMatch(/Demo app.*Other app/s);
  const after = await page.submit('Revoke', { client_id: app.clientId });
  expect(after.html).toContain('Demo app no longer has access.');

  expect((await app.get('userinfo', mine.access_token)).status).toBe(401);
  const refresh = await app.refresh(mine.refresh_token);
  expect(refresh.status).toBe(400);
  expect(await refresh.json()).toMatchObject({ error: 'invalid_grant' });
  expect((await app.get('userinfo', ofOtherApp.access_token)).status).toBe(200);
  expect((await app.get('userinfo', ofOtherUser.access_token)).status).toBe(200);
  expect(emulator.control.stats().liveGrants).toBe(2);
});
