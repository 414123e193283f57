import { isLoopback } from '@cloakroom/express/loopback';

/** Is this the URL of this very machine? */
export function isLoopbackUrl(value: string): boolean {
  return isLoopback(URL.parse(value)?.hostname ?? '');
}
