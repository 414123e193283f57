/** Where the documents are silent or disagree: what a test may turn while the provider runs. */
export interface Quirks {
  /** `minimal`: the two tokens, which is all that any published client reads. `full`: RFC 6749 section 5.1. */
  tokenAnswer: 'minimal' | 'full';
  /** `lenient`: a call with a `code` needs no `grant_type`, as the table of the document has none. */
  grantType: 'strict' | 'lenient';
  /** The envelope of a search: `matched_chunks` of the page of 2025, `data` of the sample repository. */
  searchEnvelope: 'matched_chunks' | 'data';
  /** The type of `id` at `/account/`: a number in the OpenAPI file, a string on the page. */
  accountId: 'number' | 'string';
  /** On: each refresh of the cookies replaces the refresh cookie as well. */
  refreshCookieRotation: boolean;
  /** Seconds that this provider's clock is ahead: it shows in the times of the access cookie's JWT. */
  clockSkew: number;
  /** In seconds. */
  accessCookie: number;
  refreshCookie: number;
  verificationCode: number;
}

const DAY = 24 * 3600;

/** Make the quirks a provider starts with, and returns to at a reset. */
export function initialQuirks(): Quirks {
  return {
    tokenAnswer: 'minimal',
    grantType: 'strict',
    searchEnvelope: 'matched_chunks',
    accountId: 'number',
    refreshCookieRotation: true,
    clockSkew: 0,
    accessCookie: 900,
    refreshCookie: 14 * DAY,
    verificationCode: 900,
  };
}
