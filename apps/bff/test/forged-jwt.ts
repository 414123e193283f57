import type { Seal } from './signing-key.ts';

/** A token before it is sealed, to be bent in every part. */
export interface Draft {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  seal: Seal;
}

/** Bend a draft; a text is a token as it leaves, `undefined` none at all. */
export type Forge = (draft: Draft) => unknown;

/** Seal what a forge made of a draft: members that are `undefined` are left out. */
export function forgedJwt(draft: Draft, forge: Forge): unknown {
  const made = forge(draft);
  return isDraft(made) ? encodeJwt(made) : made;
}

function encodeJwt({ header, claims, seal }: Draft): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${seal(input)}`;
}

/** Read a token without believing it. */
export function decodeJwt(token: string): Pick<Draft, 'header' | 'claims'> {
  const [header = '', claims = ''] = token.split('.');
  return { header: decoded(header), claims: decoded(claims) };
}

/** Change claims. */
export function withClaims(changes: Record<string, unknown>): Forge {
  return (draft) => ({ ...draft, claims: { ...draft.claims, ...changes } });
}

/** Change header parameters. */
export function withHeader(changes: Record<string, unknown>): Forge {
  return (draft) => ({ ...draft, header: { ...draft.header, ...changes } });
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'seal' in value;

/** 1e300 and the like cannot be written as a number of this language: texts that begin with `raw:` can. */
const encoded = (part: object) =>
  Buffer.from(JSON.stringify(part).replace(/"raw:([^"]*)"/g, '$1')).toString('base64url');

const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
