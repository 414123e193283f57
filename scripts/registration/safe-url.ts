import { RegistrationError } from './registration-error.ts';

/**
 * Read the provider's base URL, without a slash at its end. A developer token and a client secret
 * travel there: so https, or the loopback address of a provider on this machine.
 *
 * @throws {RegistrationError} of kind `usage`
 */
export function readBaseUrl(text: string): string {
  const url = readUrl('base URL', text);
  if (url.search) throw new RegistrationError('usage', `The base URL must have no query: ${text}`);
  return url.href.replace(/\/+$/, '');
}

/**
 * Read a redirect URI as the provider must know it: the text itself is kept, since it is compared
 * character by character later.
 *
 * @throws {RegistrationError} of kind `usage`
 */
export function readRedirectUri(text: string): string {
  readUrl('redirect URI', text);
  return text;
}

function readUrl(what: string, text: string): URL {
  const url = URL.parse(text);
  if (!url) throw new RegistrationError('usage', `The ${what} is no absolute URL: ${text}`);
  if (url.username || url.password) {
    throw new RegistrationError('usage', `The ${what} must hold no user name and no password.`);
  }
  if (url.hash || text.includes('#')) {
    throw new RegistrationError('usage', `The ${what} must have no fragment: ${text}`);
  }
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe) {
    throw new RegistrationError('usage', `The ${what} must be https (or on loopback): ${text}`);
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
