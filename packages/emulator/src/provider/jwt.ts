import { type BinaryLike, createHmac, type KeyObject, sign as signWith } from 'node:crypto';

/** A token in its parts. */
export interface Jwt {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Sign what is to be signed; gives the signature in base64url. */
export type Sign = (input: string) => string;

export function decodeJwt(token: string): Jwt {
  const [header = '', claims = ''] = token.split('.');
  return { header: parse(header), claims: parse(claims) };
}

export function encodeJwt({ header, claims }: Jwt, sign: Sign): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(input)}`;
}

export function rs256(privateKey: KeyObject): Sign {
  return (input) => signWith('sha256', Buffer.from(input), privateKey).toString('base64url');
}

export function hs256(secret: BinaryLike): Sign {
  return (input) => createHmac('sha256', secret).update(input).digest('base64url');
}

/** The signature of `alg: none`: nothing. */
export const unsigned: Sign = () => '';

function parse(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
