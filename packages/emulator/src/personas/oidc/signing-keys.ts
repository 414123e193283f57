import { generateKeyPair, type KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A JWK that says what it is for. */
export type SigningJwk = webcrypto.JsonWebKey & { kid: string; alg: string; use: string };

/** Make a new RSA key, for RS256. */
export async function newSigningKey(): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid: randomBytes(9).toString('base64url'), ...pair };
}

/** Describe a key as others may see it. */
export function publicJwk(key: SigningKey): SigningJwk {
  return describe(key, key.publicKey);
}

/** The keys of the issuer: the newest signs, all verify. */
export class SigningKeys {
  #keys: Promise<SigningKey[]> | undefined;

  /** All of them, the newest first. The first one is made when somebody asks: it takes a moment. */
  all(): Promise<SigningKey[]> {
    this.#keys ??= newSigningKey().then((key) => [key]);
    return this.#keys;
  }

  async newest(): Promise<SigningKey> {
    const [newest] = await this.all();
    return newest as SigningKey;
  }

  /** Sign with a new key from now on; what the old ones signed verifies as long as they are kept. */
  async rotate({ keepOld }: { keepOld: boolean }): Promise<SigningKey> {
    const key = await newSigningKey();
    const old = keepOld ? await this.all() : [];
    this.#keys = Promise.resolve([key, ...old]);
    return key;
  }

  /** The private keys, as the library wants them. */
  async privateJwks(): Promise<{ keys: SigningJwk[] }> {
    return { keys: (await this.all()).map((key) => describe(key, key.privateKey)) };
  }
}

function describe({ kid }: SigningKey, half: KeyObject): SigningJwk {
  return { ...half.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
}
