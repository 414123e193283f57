import { randomBytes } from 'node:crypto';
import type { SecretLedger } from '../../provider/secret-ledger.ts';

/** What one person allowed one app: there is nothing to it but a code that is good once. */
export interface AfdianGrant {
  clientId: string;
  username: string;
}

interface Code extends AfdianGrant {
  redirectUri: string;
  /** Milliseconds since the epoch. */
  expires: number;
  used: boolean;
}

export type CodeRefusal = 'unknown' | 'used before' | 'expired' | 'another redirect_uri';

interface Collaborators {
  now: () => number;
  ledger: SecretLedger;
  /** Seconds. */
  lifetime: () => number;
}

/** The codes, in memory. */
export class AfdianCodes {
  reuses = 0;
  readonly #with: Collaborators;
  #codes = new Map<string, Code>();

  constructor(collaborators: Collaborators) {
    this.#with = collaborators;
  }

  reset(): void {
    this.reuses = 0;
    this.#codes.clear();
  }

  issue(grant: AfdianGrant & { redirectUri: string }): string {
    const code = this.#with.ledger.note('code', randomBytes(16).toString('hex'));
    const expires = this.#with.now() + this.#with.lifetime() * 1000;
    this.#codes.set(code, { ...grant, expires, used: false });
    return code;
  }

  /** Take a code once. What it is sent with must be what it was made for; a mistake there does not spend it. */
  redeem(request: {
    code: string;
    clientId: string;
    redirectUri: string;
  }): AfdianGrant | { refused: CodeRefusal } {
    const code = this.#codes.get(request.code);
    if (code === undefined || code.clientId !== request.clientId) return { refused: 'unknown' };
    if (code.used) {
      this.reuses += 1;
      return { refused: 'used before' };
    }
    if (code.redirectUri !== request.redirectUri) return { refused: 'another redirect_uri' };
    code.used = true;
    if (code.expires <= this.#with.now()) return { refused: 'expired' };
    return code;
  }

  /** List what was allowed since the reset. */
  grants(): AfdianGrant[] {
    return [...this.#codes.values()].map(({ clientId, username }) => ({ clientId, username }));
  }
}
