/** An error of the library, as its JSON and its redirects have it. */
export type OAuthError = {
  error: string;
  error_description: string;
  error_uri?: string;
  state?: string;
};

const RFC = 'http://tools.ietf.org/html/rfc6749';

/** Make an error of the library. @param section of RFC 6749, which the library then links to */
export function oauthError(error: string, description: string, section?: string): OAuthError {
  const body = { error, error_description: description };
  return section === undefined ? body : { ...body, error_uri: `${RFC}#section-${section}` };
}

/** What a client is told that the user keeps out. */
export const ACCESS_DENIED = oauthError(
  'access_denied',
  'The user denied access to your application',
);

/** What somebody is told who lacks the permission `use-oauth`: with HTTP 200, as a sentence or as JSON. */
export const NO_PERMISSION = "Don't have the permissions of oauth";

/** Put the state of a request behind its error, where it has one. */
export function withState(error: OAuthError, state: string): OAuthError {
  return state === '' ? error : { ...error, state };
}
