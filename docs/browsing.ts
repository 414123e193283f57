import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer to a navigation. */
export interface Answer {
  status: number | undefined;
  location: string | undefined;
  /** As a browser sends them back. */
  cookies: string[];
  body: string;
}

/** Navigate as a browser without Fetch Metadata does. `fetch` would say that it is no navigation. */
export async function navigate(url: string, cookie = ''): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { cookie, 'X-CSRF': '1' }, agent: false }, resolve).once('error', reject);
  });
  const chunks = await response.toArray();
  return {
    status: response.statusCode,
    location: response.headers.location,
    cookies: (response.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0] ?? ''),
    body: chunks.join(''),
  };
}

/** Log in at a provider that asks nobody. @returns the session cookie */
export async function logIn(url: string): Promise<string> {
  const begun = await navigate(`${url}/auth/oauth/start`);
  const state = new URL(begun.location ?? '').searchParams.get('state');
  const callback = `${url}/oauth/callback?code=c&state=${state}`;
  const done = await navigate(callback, begun.cookies.join('; '));
  if (done.location !== '/?login=success') throw new Error(`the login ended at ${done.location}`);
  return done.cookies.find((cookie) => cookie.startsWith('cloakroom=')) ?? '';
}

/** Start a provider that says yes to everything, and knows one user. */
export async function startFriendlyProvider(): Promise<{ url: string; close(): void }> {
  const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 7200 };
  const server = createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(req.method === 'POST' ? tokens : { id: 7, username: 'yating' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
