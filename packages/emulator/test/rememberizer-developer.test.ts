import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { RememberizerApp, signedIn, WEICHEN } from './rememberizer-app.ts';

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

describe('the developer page', () => {
  const APP = {
    name: 'Night Library',
    description: 'Reads along',
    landing_page_url: 'https://night.example/',
    redirect_uris: 'https://night.example/cb\nhttp://localhost:5000/cb',
  };

  test('it is for developers', async () => {
    expect((await (await signedIn(base)).open(`${base}/developer`)).status).toBe(403);
  });

  test('it creates an app with several redirect URLs, and shows its secret once', async () => {
    const browser = await signedIn(base, WEICHEN);
    const created = await (await browser.open(`${base}/developer`)).submit('Create app', APP);
    expect(created.html).toContain('Night Library was created');
    const clientId = /rmz_[0-9a-f]{24}/.exec(created.html)?.[0] ?? '';
    const value = /rmzs_[0-9a-f]{64}/.exec(created.html)?.[0];
    expect(control.issuedSecrets()).toContainEqual({ kind: 'client_secret', value });
    const reloaded = await browser.open(`${base}/developer`);
    expect(reloaded.html).toContain('Night Library');
    expect(reloaded.html).not.toContain('rmzs_');

    const app = new RememberizerApp(emulator);
    const redirect_uri = 'http://localhost:5000/cb';
    const consent = await browser.open(app.authorizeUrl({ client_id: clientId, redirect_uri }));
    expect((await consent.submit('Cancel')).url).toBe('https://night.example/');
  });

  test.each([
    ['no name', { name: ' ' }],
    ['no redirect URL', { redirect_uris: ' \n ' }],
    ['one bad redirect URL of two', { redirect_uris: 'https://a.example/cb http://b.example/cb' }],
    ['a landing page that runs', { landing_page_url: 'javascript:alert(1)' }],
  ])('%s is refused, and what was typed is kept', async (_name, changes) => {
    const page = await (await signedIn(base, WEICHEN)).open(`${base}/developer`);
    const refused = await page.submit('Create app', { ...APP, ...changes });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('Check the name and the addresses.');
    expect(refused.html).toContain('value="Reads along"');
  });
});
