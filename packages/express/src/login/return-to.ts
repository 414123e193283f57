/** Characters as they come, and as they are kept: three bytes are nine characters of a URL. */
const MAX_LENGTH = 1024;
const MAX_KEPT = 2048;
const BASE = 'http://cloakroom.invalid';
const OURS = /^\/(auth|oauth|api)(\/|$)/i;
// Space, controls and the backslash, which browsers drop or read as a slash.
const DECEPTIVE = /[\s\\\p{Cc}]/u;

/**
 * Make sure that a return path stays in the app: a path on this origin, which is not one of the
 * BFF's own. Everything else becomes `/`. Parsed as browsers do (WHATWG URL) and given back in the
 * form that was checked.
 */
export function localPath(value: string | null | undefined): string {
  if (!value?.startsWith('/') || value.length > MAX_LENGTH || DECEPTIVE.test(value)) return '/';
  const url = URL.parse(value, BASE);
  if (url === null || url.origin !== BASE) return '/';
  // "/.//host" is a local path until its dots are resolved.
  if (url.pathname.startsWith('//') || OURS.test(decoded(url.pathname))) return '/';
  const path = url.pathname + url.search + url.hash;
  return path.length > MAX_KEPT ? '/' : path;
}

/** Add `login=success` to a path that `localPath` gave, leaving the rest as it stands. */
export function withLoginSuccess(path: string): string {
  const url = new URL(path, BASE);
  const query = url.search === '' ? '?login=success' : `${url.search}&login=success`;
  return url.pathname + query + url.hash;
}

/** What no decoder understands is nobody's path either. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/auth';
  }
}
