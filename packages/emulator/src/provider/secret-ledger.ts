import { randomBytes } from 'node:crypto';

export type SecretKind = 'code' | 'access_token' | 'refresh_token' | 'id_token' | 'client_secret';

export interface IssuedSecret {
  kind: SecretKind;
  value: string;
}

/** Make a random string of 256 bits, with the prefix that the provider's documents show. */
export function randomSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('hex');
}

/** Remember every secret that was ever handed out, so that a test can look for it where it must not be. */
export class SecretLedger {
  #issued: IssuedSecret[] = [];

  note(kind: SecretKind, value: string): string {
    this.#issued.push({ kind, value });
    return value;
  }

  all(): IssuedSecret[] {
    return [...this.#issued];
  }

  clear(): void {
    this.#issued = [];
  }
}
