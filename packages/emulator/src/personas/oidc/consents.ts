/** What people said yes to before: an app that asks for no more is not asked about again. */
export class Consents {
  #scopes = new Map<string, Set<string>>();

  clear(): void {
    this.#scopes.clear();
  }

  remember(sub: string, clientId: string, scopes: readonly string[]): void {
    this.#scopes.set(keyOf(sub, clientId), new Set([...this.given(sub, clientId), ...scopes]));
  }

  /** The scopes that somebody gave an app. */
  given(sub: string, clientId: string): string[] {
    return [...(this.#scopes.get(keyOf(sub, clientId)) ?? [])];
  }

  forget(sub: string, clientId: string): void {
    this.#scopes.delete(keyOf(sub, clientId));
  }
}

function keyOf(sub: string, clientId: string): string {
  return `${sub} ${clientId}`;
}
