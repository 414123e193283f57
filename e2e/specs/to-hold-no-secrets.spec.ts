import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { test as base, expect } from '../fixtures.ts';
import type { Recording } from '../recording/recording.ts';
import { startRecordingProxy } from '../stack/recording-proxy.ts';

const TOKEN = 'access_4f1c9d0b27';
const CODE = 'code_77aa01';

interface Leak {
  /** What the server says: a body at `/`, a header of every answer. */
  body?: string;
  header?: [name: string, value: string];
  /** What the page does. */
  page?: (page: Page, token: string) => Promise<unknown>;
}

/** A site that leaks, looked at by a browser, with all its answers recorded. */
const test = base.extend<{ visit: (leak: Leak) => Promise<Recording> }>({
  visit: async ({ page, context, messages }, use) => {
    let leak: Leak = {};
    const server = createServer((_request, response) => {
      if (leak.header) response.setHeader(...leak.header);
      response.setHeader('content-type', 'text/html').end(leak.body ?? '<p>Nothing here.</p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const traffic = await startRecordingProxy((server.address() as AddressInfo).port);
    const origin = `http://localhost:${traffic.port}`;
    await use(async (chosen) => {
      leak = chosen;
      await page.goto(`${origin}/`);
      await leak.page?.(page, TOKEN);
      return {
        context,
        origin,
        messages,
        answers: traffic.answers,
        secrets: () => [
          { kind: 'code', value: CODE },
          { kind: 'access_token', value: TOKEN },
          { kind: 'client_secret', value: 'secret_0d9e8f' },
        ],
      };
    });
    await traffic.stop();
    server.close();
  },
});

test('a page that leaks nothing holds no secrets', async ({ visit }) => {
  const recording = await visit({});
  await expect(recording).toHoldNoSecrets();
});

test('without a login there is nothing that could be found', async ({ visit }) => {
  const recording = { ...(await visit({})), secrets: () => [] };
  await expect(expect(recording).toHoldNoSecrets()).rejects.toThrow(/issued no access_token/);
});

test('a provider without access tokens has something to look for all the same', async ({
  visit,
}) => {
  const recording = await visit({});
  const secrets = () => recording.secrets().filter(({ kind }) => kind !== 'access_token');
  const kinds = ['code', 'client_secret'];
  await expect({ ...recording, secrets, kinds }).toHoldNoSecrets();
});

test('a secret may be where a standard wants it, and nowhere else', async ({ visit }) => {
  const recording = await visit({ body: TOKEN, header: ['location', `/?hint=${TOKEN}`] });
  const sanctioned = { kind: 'access_token', where: /^the headers of GET / };
  const claim = expect(expect({ ...recording, sanctioned }).toHoldNoSecrets()).rejects;
  await claim.toThrow(/access_token in the body of GET \//);
  await claim.not.toThrow(/access_token in the headers/);
});

const base64Inside = (prefix: string) =>
  Buffer.from(`${prefix}{"token":"${TOKEN}"}`).toString('base64');

const leaks: Record<string, Leak & { where: RegExp }> = {
  'in a body': { body: `<p>${TOKEN}</p>`, where: /access_token in the body of GET \// },
  'in a header': { header: ['x-debug', TOKEN], where: /the headers of GET \// },
  'in a redirect, with the code': {
    header: ['link', `</?code=${CODE}>`],
    where: /code in the headers/,
  },
  'in Base64': { body: base64Inside(''), where: /\(Base64\)/ },
  'in Base64, shifted by one': { body: base64Inside('x'), where: /\(Base64\)/ },
  'in Base64, shifted by two': { body: base64Inside('xy'), where: /\(Base64\)/ },
  'in hex': { body: Buffer.from(TOKEN).toString('hex'), where: /\(hex\)/ },
  'in a cookie of the server': {
    header: ['set-cookie', `t=${TOKEN}; HttpOnly`],
    where: /the cookie t/,
  },
  'in a cookie of a script': {
    page: (page, token) =>
      page.evaluate((t) => {
        // biome-ignore lint/suspicious/noDocumentCookie: what a careless script would do
        document.cookie = `t=${t}`;
      }, token),
    where: /document\.cookie/,
  },
  'in localStorage': {
    page: (page, token) => page.evaluate((t) => localStorage.setItem('t', t), token),
    where: /localStorage/,
  },
  'in sessionStorage': {
    page: (page, token) => page.evaluate((t) => sessionStorage.setItem(t, ''), token),
    where: /sessionStorage/,
  },
  'in IndexedDB': {
    page: (page, token) =>
      page.evaluate(
        (t) =>
          new Promise((resolve) => {
            const opening = indexedDB.open('coats', 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore('rail');
            opening.onsuccess = () => {
              const transaction = opening.result.transaction('rail', 'readwrite');
              transaction.objectStore('rail').put({ deep: [new TextEncoder().encode(t)] }, 1);
              transaction.oncomplete = resolve;
            };
          }),
        token,
      ),
    where: /IndexedDB/,
  },
  'in Cache Storage': {
    page: (page, token) =>
      page.evaluate(async (t) => (await caches.open('c')).put('/x', new Response(t)), token),
    where: /Cache Storage/,
  },
  'in a form field': {
    page: (page, token) =>
      page.evaluate((t) => {
        const field = document.body.appendChild(document.createElement('input'));
        field.value = t;
      }, token),
    where: /form fields/,
  },
  'in the page': {
    page: (page, token) => page.evaluate((t) => document.body.append(t), token),
    where: /DOM/,
  },
  'in the address': {
    page: (page, token) =>
      page.evaluate((t) => {
        location.hash = t;
      }, token),
    where: /the address/,
  },
  'in the history, two pages ago': {
    page: async (page, token) => {
      await page.evaluate((t) => history.pushState(null, '', `/?t=${t}`), token);
      await page.evaluate(() => history.pushState(null, '', '/'));
    },
    where: /the history of the tab/,
  },
  'in the state of the history': {
    page: (page, token) => page.evaluate((t) => history.replaceState({ t }, ''), token),
    where: /history\.state/,
  },
  'in the name of the window': {
    page: (page, token) =>
      page.evaluate((t) => {
        window.name = t;
      }, token),
    where: /window\.name/,
  },
  'in the console': {
    // biome-ignore lint/suspicious/noConsole: it is the page that talks too much
    page: (page, token) => page.evaluate((t) => console.log('debug', t), token),
    where: /the console/,
  },
};

for (const [where, leak] of Object.entries(leaks)) {
  test(`a secret ${where} is found`, async ({ visit }) => {
    const recording = await visit(leak);
    await expect(expect(recording).toHoldNoSecrets()).rejects.toThrow(leak.where);
  });
}
