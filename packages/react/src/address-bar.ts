import { type LoginErrorCode, parseLoginError } from '@cloakroom/contract/error-codes';

/** How a login failed. `unknown`: the address bar held a value that is none of ours; it is never shown. */
export type LoginError = LoginErrorCode | 'unknown';

/** What brought the browser here, as the BFF's redirect after a login said in the address bar. */
export interface Landing {
  login: 'success' | undefined;
  error: LoginError | undefined;
  /** Back from the provider's own sign-out, which a logout led to. */
  farewell?: 'here';
}

export const NO_LANDING: Landing = { login: undefined, error: undefined };

/**
 * Read the result of a login from an address.
 * @returns also the address without `login` and `error`, and without a fragment that a provider meant for
 *   somebody else, all else kept to the letter
 */
export function readLanding(href: string): { landing: Landing; cleaned: string } {
  const url = new URL(href);
  const error = url.searchParams.get('error');
  return {
    landing: {
      login: url.searchParams.get('login') === 'success' ? 'success' : undefined,
      error: error === null ? undefined : (parseLoginError(error) ?? 'unknown'),
    },
    cleaned: withoutLanding(url),
  };
}

/**
 * Take the result of a login out of the address bar, so that neither a reload nor a bookmark nor a
 * copied link repeats it.
 */
export function cleanAddressBar(): void {
  const { cleaned } = readLanding(location.href);
  // The whole address, not its path: a path like //elsewhere/ would name another host.
  if (cleaned !== location.href) history.replaceState(history.state, '', cleaned);
}

/** Name the page's address as a `return_to`: a path of this origin, without the result of a login. */
export function currentPath(): string {
  const { pathname, search, hash } = new URL(readLanding(location.href).cleaned);
  return localPath(pathname + search + hash);
}

/** Accept a path of this origin; anything else is `/`. The BFF checks again. */
export function localPath(path: string): string {
  return /^\/(?![/\\])/.test(path) && path.length <= 1024 ? path : '/';
}

function withoutLanding(url: URL): string {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !isLanding(pair));
  const query = kept.length === 0 || kept[0] === '' ? '' : `?${kept.join('&')}`;
  const hash = CARRIED_ALONG.test(url.hash) ? '' : url.hash;
  return url.origin + url.pathname + query + hash;
}

/** A redirect hands the fragment of the address before on: tokens there are none of ours (RFC 9700 section 4.1.3). */
const CARRIED_ALONG = /^#(?:.*&)?(?:access_token|id_token|code)=/;

function isLanding(pair: string): boolean {
  const params = new URLSearchParams(pair);
  return params.has('login') || params.has('error');
}
