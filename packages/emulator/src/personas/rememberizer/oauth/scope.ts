/** The only scope that any source shows: with it there is a refresh token. */
export const OFFLINE_ACCESS = 'offline_access';

/** Read a space-separated scope, each name once; undefined where one is unknown. */
export function readScope(text: string): string | undefined {
  const names = new Set(text.split(' ').filter((name) => name !== ''));
  return [...names].every((name) => name === OFFLINE_ACCESS) ? [...names].join(' ') : undefined;
}

/** Narrow what was asked for to what the control API lets consent give. */
export function grantedScope(asked: string, most: string | null): string {
  return most === null || most.split(' ').includes(asked) ? asked : '';
}
