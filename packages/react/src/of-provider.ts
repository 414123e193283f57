/** Say in a path which provider a call is about. @param provider its id; absent: the only one, or the first */
export function ofProvider(path: string, provider: string | undefined): string {
  return provider === undefined ? path : `${path}?${new URLSearchParams({ provider })}`;
}
