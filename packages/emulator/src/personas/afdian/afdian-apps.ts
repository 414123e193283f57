import { Clients } from '../../provider/clients.ts';
import { randomSecret } from '../../provider/secret-ledger.ts';

/** What staff enter for a client. */
export interface AfdianAppRequest {
  name: string;
  /** A word that a person can read; made from the name where it is absent. */
  clientId?: string | undefined;
  /** Drawn at random where the client has none of its own. */
  clientSecret?: string | undefined;
  /** A host name: its callbacks are on it or below it. */
  trustedDomain: string;
  /** The address of a picture; empty for the first letter of the name. */
  icon?: string | undefined;
}

export interface AfdianApp {
  name: string;
  clientId: string;
  clientSecret: string;
  trustedDomain: string;
  icon: string;
  /** Milliseconds since the epoch. */
  created: number;
}

/** The clients that staff made; nobody registers one alone. */
export class AfdianApps extends Clients<AfdianApp> {
  register(request: AfdianAppRequest, now: number): AfdianApp {
    return this.put({
      name: request.name,
      clientId: request.clientId || this.#freeWord(request.name),
      clientSecret: request.clientSecret || randomSecret(),
      trustedDomain: request.trustedDomain.toLowerCase(),
      icon: request.icon ?? '',
      created: now,
    });
  }

  /** Give a client another secret, as staff do when one has leaked; the one before is good for nothing from now on. */
  renewSecret(app: AfdianApp): void {
    app.clientSecret = randomSecret();
    this.noteSecret(app);
  }

  #freeWord(name: string): string {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['app'];
    const word = words.join('-');
    let free = word;
    for (let count = 2; this.find(free) !== undefined; count += 1) free = `${word}-${count}`;
    return free;
  }
}

/** Say whether a client may be sent back to an address: http or https, on its trusted domain or below it. */
export function isTrusted(app: AfdianApp, redirectUri: string): boolean {
  const url = URL.parse(redirectUri);
  if (url === null || redirectUri.includes('#') || url.username !== '') return false;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  return url.hostname === app.trustedDomain || url.hostname.endsWith(`.${app.trustedDomain}`);
}
