/**
 * A choice about the page, kept in a cookie that scripts may read. Not in localStorage: a logout
 * empties that (`Clear-Site-Data: "storage"`), and the next login page should still be in the right
 * language. Never anything about a person.
 */
export type Preference = 'cloakroom-lang' | 'cloakroom-last-provider';

const ONE_YEAR_S = 31_536_000;

/** Read a choice out of `document.cookie`. */
export function readPreference(name: Preference, cookies: string): string | undefined {
  const pair = cookies.split('; ').find((text) => text.startsWith(`${name}=`));
  return pair === undefined ? undefined : decoded(pair.slice(name.length + 1));
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value) || undefined;
  } catch {
    return undefined;
  }
}

/** Write a choice as a value for `document.cookie`. */
export function preferenceCookie(name: Preference, value: string, secure: boolean): string {
  const attributes = `Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${name}=${encodeURIComponent(value)}; ${attributes}`;
}

/** Keep a choice for the next visit. */
export function keepPreference(name: Preference, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = preferenceCookie(name, value, location.protocol === 'https:');
}
