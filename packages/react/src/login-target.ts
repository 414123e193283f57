import { currentPath, localPath } from './address-bar.ts';
import { tabStorage } from './tab-storage.ts';

/**
 * Where a login shall come back to. A login that fails ends at `/?error=...`, which has forgotten it:
 * so it is kept for this tab, and "try again" still leads to the page that was wanted.
 */
const KEY = 'cloakroom-return-to';

/** Keep the target of a login that begins now. */
export function rememberTarget(target: string): void {
  tabStorage()?.setItem(KEY, target);
}

/** Forget it: somebody is signed in. */
export function forgetTarget(): void {
  tabStorage()?.removeItem(KEY);
}

/** Name the target of a login that begins here: the one that just failed has the older claim. */
export function loginTarget(afterFailure: boolean): string {
  const kept = afterFailure ? tabStorage()?.getItem(KEY) : undefined;
  return kept ? localPath(kept) : currentPath();
}
