import { randomBytes } from 'node:crypto';
import { sameSecret } from './same-secret.ts';
import { randomSecret } from './secret-ledger.ts';

/** An OAuth client. `created` is in unix seconds. */
export interface App {
  id: number;
  name: string;
  description: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  created: number;
}

export interface AppRequest {
  name: string;
  description?: string | undefined;
  redirectUri: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Say whether a redirect URI may be registered: https, or http on this machine, and no fragment (RFC 6749 section 3.1.2). */
export function isRegistrableRedirectUri(uri: string): boolean {
  const url = URL.parse(uri);
  if (url === null || uri.includes('#') || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

/** The registered OAuth clients. */
export class Apps {
  #apps = new Map<string, App>();

  register(request: AppRequest, now: number): App {
    const app: App = {
      id: this.#apps.size + 1,
      name: request.name,
      description: request.description ?? '',
      clientId: `client_${randomBytes(12).toString('hex')}`,
      clientSecret: randomSecret('secret_'),
      redirectUri: request.redirectUri,
      created: Math.floor(now / 1000),
    };
    this.#apps.set(app.clientId, app);
    return app;
  }

  all(): App[] {
    return [...this.#apps.values()];
  }

  find(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  authenticate(clientId: string, clientSecret: string): App | undefined {
    const app = this.find(clientId);
    return app !== undefined && sameSecret(clientSecret, app.clientSecret) ? app : undefined;
  }
}
