/** The scopes of the provider's document. */
export const SCOPES = ['profile', 'balance'] as const;

export type Scope = (typeof SCOPES)[number];

/** Read a space-separated scope; undefined where a name in it is unknown. */
export function readScopes(text: string): Scope[] | undefined {
  const names = text.split(' ').filter((name) => name !== '');
  return names.every(isScope) ? [...new Set(names)] : undefined;
}

/** Narrow what was asked for to what the control API lets consent give. */
export function grantedScope(asked: readonly Scope[], most: string | null): string {
  const allowed = most?.split(' ');
  return asked.filter((scope) => allowed === undefined || allowed.includes(scope)).join(' ');
}

function isScope(name: string): name is Scope {
  return SCOPES.some((scope) => scope === name);
}
