import { constants, type KeyObject, verify } from 'node:crypto';
import { decodeJwt } from './forged-jwt.ts';
import type { SigningKey } from './signing-key.ts';

/** How a client was registered at an issuer. */
export interface RegisteredClient {
  clientId: string;
  clientSecret: string;
  authMethod: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** For `private_key_jwt`. */
  clientKey?: SigningKey;
}

interface ClientCall {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  form: URLSearchParams;
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Seconds that an assertion may live at most. */
const LONGEST = 600;

/**
 * Say what is wrong with how a call authenticates its client (RFC 6749 section 2.3, RFC 7523
 * section 3), `undefined` where nothing is.
 * @param known what the issuer goes by: the names of its audience, and the `jti` it has seen
 */
export function wrongClient(
  call: ClientCall,
  client: RegisteredClient,
  known: { audiences: readonly string[]; seen: Set<string> },
): string | undefined {
  const { form, headers } = call;
  if (call.method !== 'POST') return `${call.method} in place of POST`;
  if (call.url.includes('?')) return `a query: ${call.url}`;
  if (!/^application\/x-www-form-urlencoded\b/.test(String(headers['content-type'])))
    return `the type ${headers['content-type']}`;
  const given = [
    headers.authorization !== undefined && 'client_secret_basic',
    form.has('client_secret') && 'client_secret_post',
    form.has('client_assertion') && 'private_key_jwt',
  ].filter(Boolean);
  if (given.join() !== client.authMethod) return `authenticates by ${given.join() || 'nothing'}`;
  if (client.authMethod === 'private_key_jwt') return wrongAssertion(form, client, known);
  const [id, secret] =
    client.authMethod === 'client_secret_basic'
      ? basic(String(headers.authorization))
      : [form.get('client_id'), form.get('client_secret')];
  return id === client.clientId && secret === client.clientSecret ? undefined : 'wrong credentials';
}

/** Read the header as RFC 6749 section 2.3.1 has it: each half is form-urlencoded first. */
function basic(header: string): string[] {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header) ?? [];
  const halves = Buffer.from(encoded, 'base64').toString().split(':');
  const form = new URLSearchParams(halves.map((half, index) => `${index}=${half}`).join('&'));
  return [...form.values()];
}

function wrongAssertion(
  form: URLSearchParams,
  { clientId, clientKey }: RegisteredClient,
  { audiences, seen }: { audiences: readonly string[]; seen: Set<string> },
): string | undefined {
  const assertion = form.get('client_assertion') ?? '';
  const { header, claims } = decodeJwt(assertion);
  const { iss, sub, aud, jti, exp, iat } = claims;
  const now = Date.now() / 1000;
  if (form.get('client_assertion_type') !== ASSERTION) return 'wrong client_assertion_type';
  if (header.alg !== clientKey?.alg) return `assertion by ${header.alg}`;
  if (header.kid !== clientKey?.kid) return `assertion with the kid ${header.kid}`;
  if (!clientKey || !isSignedBy(assertion, clientKey)) return 'assertion with a bad signature';
  if (iss !== clientId || sub !== clientId) return `assertion of ${iss} about ${sub}`;
  if ([aud].flat().some((each) => !audiences.includes(String(each)))) return `assertion for ${aud}`;
  if (typeof exp !== 'number' || exp < now || exp > now + LONGEST) return `assertion until ${exp}`;
  if (iat !== undefined && Math.abs(Number(iat) - now) > LONGEST) return `assertion of ${iat}`;
  if (typeof jti !== 'string' || jti.length < 16 || seen.has(jti)) return `the jti ${jti}`;
  seen.add(jti);
  return undefined;
}

function isSignedBy(token: string, { alg, publicKey }: SigningKey): boolean {
  const at = token.lastIndexOf('.');
  const key: { key: KeyObject } & object = {
    key: publicKey,
    ...(alg === 'ES256' && { dsaEncoding: 'ieee-p1363' as const }),
    ...(alg === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  };
  const signature = Buffer.from(token.slice(at + 1), 'base64url');
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`;
  return verify(hash, Buffer.from(token.slice(0, at)), key, signature);
}
