/** Whose grants; everybody's where nothing is said. */
export interface Whose {
  username?: string | undefined;
  clientId?: string | undefined;
}

/** Say whether what one person allowed one app is among them. */
export function isMeant(
  { username, clientId }: { username: string; clientId: string },
  whose: Whose,
): boolean {
  return (whose.username ?? username) === username && (whose.clientId ?? clientId) === clientId;
}
