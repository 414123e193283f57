/**
 * The calls that a fault can be laid on: `token` is the code grant, `refresh` the refresh grant.
 * Nobody who is careful ever calls `attackers-jwks`: the keys that forged tokens point at.
 */
export const ENDPOINTS = [
  'discovery',
  'jwks',
  'authorize',
  'par',
  'token',
  'refresh',
  'userinfo',
  'revocation',
  'end-session',
  'attackers-jwks',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];
