import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts and authenticates with AES-256-GCM. `context` names what is sealed and where it belongs:
 * what was sealed for one place opens nowhere else. `salt` is a second half of the key: whoever
 * does not know it cannot open, even with the secrets.
 */
export interface Sealer {
  seal(plaintext: string, binding: Binding): string;
  /** @returns `undefined` for anything that this sealer did not make for this binding */
  open(sealed: string, binding: Binding): string | undefined;
  /** Whether the first secret sealed this: what another one did should be sealed again. */
  isCurrent(sealed: string): boolean;
}

export interface Binding {
  context: string;
  salt: string;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Make a sealer. The first secret seals, all of them open, so that a new secret can be put in front
 * without ending a session.
 * @param secrets each at least 32 bytes of randomness
 */
export function createSealer(secrets: readonly string[]): Sealer {
  const [first] = secrets;
  if (first === undefined) throw new TypeError('a sealer needs a secret');
  const byId = new Map(secrets.map((secret) => [secretId(secret), secret]));

  return {
    seal(plaintext, binding) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', deriveKey(first, binding), iv);
      cipher.setAAD(Buffer.from(binding.context));
      const sealed = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()]);
      const body = Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
      return `${VERSION}.${secretId(first)}.${body}`;
    },
    open(sealed, binding) {
      const [version, id, body, ...rest] = sealed.split('.');
      const secret = byId.get(id ?? '');
      if (version !== VERSION || secret === undefined || !body || rest.length > 0) return undefined;
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
      const iv = bytes.subarray(0, IV_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, binding), iv, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(binding.context));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const plaintext = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
        return Buffer.concat([plaintext, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${secretId(first)}.`),
  };
}

function deriveKey(secret: string, { context, salt }: Binding): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `cloakroom ${VERSION} ${context}`, 32));
}

/** Tells the secrets of a rotation apart without telling anything about them. */
function secretId(secret: string): string {
  return createHash('sha256')
    .update(`cloakroom secret id ${secret}`)
    .digest('base64url')
    .slice(0, 6);
}
