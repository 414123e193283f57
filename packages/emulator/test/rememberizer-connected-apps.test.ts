import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { ALL, KYOTO, RememberizerApp, signedIn, TEA, WEICHEN } from './rememberizer-app.ts';

let emulator: Emulator;
let control: Emulator['personas']['rememberizer']['control'];
let base: string;
beforeAll(async () => {
  emulator = await startEmulator();
  control = emulator.personas.rememberizer.control;
  base = emulator.personas.rememberizer.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => control.reset());

describe('your connected apps', () => {
  test('nothing is connected at first', async () => {
    const page = await (await signedIn(base)).open(`${base}/connected-apps`);
    expect(page.html).toContain('No app is connected.');
    expect(page.html).not.toContain('Pending apps');
  });

  test('disconnect ends access and refresh at once, of this user and this app only', async () => {
    const [app, otherApp] = [new RememberizerApp(emulator), new RememberizerApp(emulator, 'Other')];
    const browser = await signedIn(base);
    const [mine, ofOther] = [await app.tokens({ browser }), await otherApp.tokens({ browser })];
    const ofWeichen = await app.tokens({ user: WEICHEN, choice: { memento: '401' } });

    const page = await browser.open(`${base}/connected-apps`);
    const after = await page.submit('Disconnect', { client_id: app.clientId });
    expect(after.html).toContain('Demo app is disconnected. Its tokens no longer work.');
    expect((await app.call(mine.access_token, 'account/')).status).toBe(401);
    expect((await app.refresh(mine.refresh_token)).status).toBe(400);
    expect((await app.call(ofOther.access_token, 'account/')).status).toBe(200);
    expect((await app.call(ofWeichen.access_token, 'account/')).status).toBe(200);
    expect(control.connections().map(({ username }) => username)).toStrictEqual([
      'yating',
      'weichen',
    ]);
  });

  test('disconnect ends a code that is under way', async () => {
    const app = new RememberizerApp(emulator);
    const browser = await signedIn(base);
    const code = await app.code({ browser });
    await (await browser.open(`${base}/connected-apps`)).submit('Disconnect');
    expect((await app.redeem(code)).status).toBe(400);
  });

  test('another choice holds at once for the tokens that are there', async () => {
    const app = new RememberizerApp(emulator);
    const browser = await signedIn(base);
    const { access_token } = await app.tokens({ browser, choice: { memento: ALL } });
    const page = await browser.open(`${base}/connected-apps`);
    const after = await page.submit('Save', { memento: TEA });
    expect(after.html).toContain('Demo app may read what you chose from now on.');
    expect(await app.read(access_token, 'documents/')).toMatchObject({ count: 3 });
    expect(control.connections()).toMatchObject([{ mementos: [303], memory: false }]);
  });

  test('the app of somebody else cannot be touched', async () => {
    const app = new RememberizerApp(emulator);
    const { access_token } = await app.tokens();
    const browser = await signedIn(base, WEICHEN);
    await app.code({ browser, choice: { memento: '401' } });
    const page = await browser.open(`${base}/connected-apps`);
    await (await page.submit('Save', { memento: '404' })).submit('Disconnect');
    expect(await app.read(access_token, 'documents/')).toMatchObject({ count: 12 });
  });

  test('a pending app is gone on with, at the very request that was cancelled', async () => {
    const app = new RememberizerApp(emulator);
    const browser = await signedIn(base);
    await (await app.consent({ browser })).submit('Cancel');
    const { html } = await browser.open(`${base}/connected-apps`);
    expect(html).toMatch(/Pending apps.*Demo app/s);
    const href = /href="([^"]*authorize[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const consent = await browser.open(new URL(href, base).href);
    const away = await consent.submit('Allow', { memento: KYOTO });
    expect(away.params.get('state')).toBe('the-state');
    expect((await app.redeem(away.params.get('code') ?? '')).status).toBe(200);
    expect(control.connections()).toMatchObject([{ status: 'connected' }]);
  });

  test('a pending app is cancelled for good', async () => {
    const app = new RememberizerApp(emulator);
    const browser = await signedIn(base);
    await (await app.consent({ browser })).submit('Cancel');
    const page = await browser.open(`${base}/connected-apps`);
    const after = await page.submit('Cancel for good');
    expect(after.html).toContain('The request of Demo app is gone.');
    expect(control.connections()).toStrictEqual([]);
  });
});
