/** What becomes of a refresh at the provider. */
export const REFRESH_KINDS = [
  'ok',
  /** Done, and then the connection breaks. */
  'lost',
  /** Done, and the answer comes after the client gave up. */
  'late',
  /** The connection breaks before anything was done. */
  'reset',
  /** No connection comes about. */
  'unreachable',
  'status 503',
  /** Nothing done, no answer until the client gives up. */
  'hang',
  /** The user revoked the grant. */
  'invalid_grant',
  'invalid_client',
] as const;

export type RefreshKind = (typeof REFRESH_KINDS)[number];

/** How one refresh goes. Milliseconds until it is processed, and from there to the answer. */
export interface RefreshPlan {
  kind: RefreshKind;
  before: number;
  after: number;
  /** Seconds that the new access token lives. */
  life: number;
}

/** How a refresh goes that nobody planned. */
export const USUAL: RefreshPlan = { kind: 'ok', before: 10, after: 10, life: 7200 };
