import type { Provider } from '@cloakroom/contract/providers';
import { keepPreference, readPreference } from '../preference-cookie.ts';

const COOKIE = 'cloakroom-last-provider';

/** Keep where somebody logged in last, so that it comes first the next time. */
export function keepLastProvider(id: string): void {
  keepPreference(COOKIE, id);
}

/** Read where somebody logged in last. */
export function readLastProvider(): string | undefined {
  return readPreference(COOKIE, document.cookie);
}

/** Put the provider that was used last in front; the others keep their order. */
export function lastProviderFirst(
  providers: readonly Provider[],
  last: string | undefined,
): readonly Provider[] {
  return [...providers].sort((a, b) => Number(b.id === last) - Number(a.id === last));
}
