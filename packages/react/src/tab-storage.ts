/** Find the storage of this tab; `undefined` where the browser has it switched off. */
export function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
