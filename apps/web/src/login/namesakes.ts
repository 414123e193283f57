import type { Provider } from '@cloakroom/contract/providers';

/** Tell whether a provider shares its name with another on offer: then only the ids tell them apart. */
export function hasNamesake(provider: Provider, providers: readonly Provider[]): boolean {
  return providers.some(({ id, name }) => id !== provider.id && name === provider.name);
}

/** Name a provider so that it is told from every other one on offer. */
export function distinctName(provider: Provider, providers: readonly Provider[]): string {
  const { id, name } = provider;
  return hasNamesake(provider, providers) ? `${name} (${id})` : name;
}
