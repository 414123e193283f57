/**
 * Check where a logout wants the page to go: an address of this origin, or https.
 * @returns an absolute address, or `undefined` where there is nowhere to go
 */
export function logoutTarget(logoutUrl: string | null, origin: string): string | undefined {
  if (logoutUrl === null || !URL.canParse(logoutUrl, origin)) return undefined;
  const url = new URL(logoutUrl, origin);
  return url.origin === origin || url.protocol === 'https:' ? url.href : undefined;
}
