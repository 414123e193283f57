import { randomBytes } from 'node:crypto';
import { sameSecret } from './same-secret.ts';
import { randomSecret } from './secret-ledger.ts';

/** What every app is registered with; a persona's apps may have more. */
export interface AppRequest {
  name: string;
  description?: string | undefined;
  redirectUri: string;
}

/** An OAuth client, with all that it was registered with. `created` is in unix seconds. */
export type App<Request extends AppRequest = AppRequest> = Request & {
  id: number;
  clientId: string;
  clientSecret: string;
  created: number;
};

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Say whether a redirect URI may be registered: https, or http on this machine, and no fragment (RFC 6749 section 3.1.2). */
export function isRegistrableRedirectUri(uri: string): boolean {
  const url = URL.parse(uri);
  if (url === null || uri.includes('#') || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

/** The registered OAuth clients. */
export class Apps<Request extends AppRequest = AppRequest> {
  readonly #prefixes: { clientId: string; clientSecret: string };
  #apps = new Map<string, App<Request>>();

  constructor(prefixes: { clientId: string; clientSecret: string }) {
    this.#prefixes = prefixes;
  }

  register(request: Request, now: number): App<Request> {
    const app: App<Request> = {
      ...request,
      id: this.#apps.size + 1,
      clientId: this.#prefixes.clientId + randomBytes(12).toString('hex'),
      clientSecret: randomSecret(this.#prefixes.clientSecret),
      created: Math.floor(now / 1000),
    };
    this.#apps.set(app.clientId, app);
    return app;
  }

  all(): App<Request>[] {
    return [...this.#apps.values()];
  }

  find(clientId: string): App<Request> | undefined {
    return this.#apps.get(clientId);
  }

  authenticate(clientId: string, clientSecret: string): App<Request> | undefined {
    const app = this.find(clientId);
    return app !== undefined && sameSecret(clientSecret, app.clientSecret) ? app : undefined;
  }
}
