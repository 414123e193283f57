import { randomBytes } from 'node:crypto';
import { Clients } from './clients.ts';
import { randomSecret, type SecretLedger } from './secret-ledger.ts';

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

interface Collaborators {
  ledger: SecretLedger;
  now: () => number;
  /** What ids and secrets begin with; default nothing. */
  prefixes?: { clientId: string; clientSecret: string };
}

/** The registered OAuth clients of a persona that draws their credentials at random. */
export class Apps<Request extends AppRequest = AppRequest> extends Clients<App<Request>> {
  readonly #now: () => number;
  readonly #prefixes: { clientId: string; clientSecret: string };

  constructor({ ledger, now, prefixes = { clientId: '', clientSecret: '' } }: Collaborators) {
    super(ledger);
    this.#now = now;
    this.#prefixes = prefixes;
  }

  register(request: Request): App<Request> {
    return this.put({
      ...request,
      id: this.all().length + 1,
      clientId: this.#prefixes.clientId + randomBytes(12).toString('hex'),
      clientSecret: randomSecret(this.#prefixes.clientSecret),
      created: Math.floor(this.#now() / 1000),
    });
  }
}
