import { LoginError } from '../errors.ts';
import type { Provider } from './provider.ts';

/** The providers on offer, in the order of the settings. */
export interface Providers extends Iterable<Provider> {
  has(id: string): boolean;
  /** The provider of the id that a session names. @throws Error where it is not on offer */
  get(id: string): Provider;
  /** What a login names as `provider`: nothing means the default, more than one name nothing. */
  chosen(values: readonly string[]): Provider | undefined;
  /** The provider whose callback has this id at its end; none means the default. */
  ofCallback(id: string | string[] | undefined): Provider;
}

export function createProviders(list: readonly Provider[]): Providers {
  const byId = new Map(list.map((provider) => [provider.id, provider]));

  return {
    [Symbol.iterator]: () => list[Symbol.iterator](),
    has: (id) => byId.has(id),
    get(id) {
      const provider = byId.get(id);
      if (provider === undefined) throw new Error(`no provider ${id}`);
      return provider;
    },
    chosen([id = list[0]?.id ?? '', ...more]) {
      return more.length === 0 ? byId.get(id) : undefined;
    },
    ofCallback(id) {
      const provider = id === undefined ? list[0] : byId.get(String(id));
      if (provider === undefined) throw new LoginError('invalid_state', 'callback of no provider');
      return provider;
    },
  };
}
