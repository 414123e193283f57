import { tabStorage } from './tab-storage.ts';

/**
 * Some logouts lead through the provider's own sign-out page. A note for this tab remembers it on the
 * way, so that whoever comes back is told that it worked.
 */
const KEY = 'cloakroom-farewell';

/** Leave the note before the page is left. */
export function leaveFarewellNote(): void {
  tabStorage()?.setItem(KEY, 'here');
}

/** Tell whether there is a note. */
export function hasFarewellNote(): boolean {
  return tabStorage()?.getItem(KEY) === 'here';
}

/** Throw the note away: it is told once. */
export function dropFarewellNote(): void {
  tabStorage()?.removeItem(KEY);
}
