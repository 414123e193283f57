import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { signedIn, WEICHEN } from './demo-users.ts';

let emulator: Emulator;
let base: string;
beforeAll(async () => {
  emulator = await startEmulator({ developerToken: 'the-developer-token' });
  base = emulator.personas.aihubmix.baseUrl;
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const APP = { name: 'Night Library', description: '', redirect_uri: 'http://localhost:5000/cb' };

test('the console is for developers', async () => {
  const page = await (await signedIn(base)).open(`${base}/console/apps`);
  expect(page.status).toBe(403);
  expect(page.html).not.toContain('the-developer-token');
});

test('the console shows the developer token', async () => {
  const page = await (await signedIn(base, WEICHEN)).open(`${base}/console/apps`);
  expect(page.html).toContain('the-developer-token');
});

test('the console creates an app, and shows its secret once', async () => {
  const browser = await signedIn(base, WEICHEN);
  const page = await browser.open(`${base}/console/apps`);
  const created = await page.submit('Create app', APP);
  expect(created.html).toContain('Night Library was created');
  const secret = /secret_[0-9a-f]{64}/.exec(created.html)?.[0];
  expect(emulator.control.issuedSecrets()).toContainEqual({
    kind: 'client_secret',
    value: secret,
  });
  const reloaded = await browser.open(`${base}/console/apps`);
  expect(reloaded.html).toContain('Night Library');
  expect(reloaded.html).not.toContain('secret_');
});

test('the console refuses what may not be registered, and keeps what was typed', async () => {
  const page = await (await signedIn(base, WEICHEN)).open(`${base}/console/apps`);
  const refused = await page.submit('Create app', {
    ...APP,
    redirect_uri: 'http://evil.example/',
  });
  expect(refused.html).toContain('Check the name and the redirect URI.');
  expect(refused.html).toContain('value="Night Library"');
});
