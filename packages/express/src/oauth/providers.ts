import { LoginError } from '../errors.ts';
import {
  isPassword,
  isRedirect,
  type PasswordProvider,
  type Provider,
  type RedirectProvider,
} from './provider.ts';

/** The providers on offer, in the order of the settings. */
export interface Providers extends Iterable<Provider> {
  has(id: string): boolean;
  /** The provider of the id that a session names. @throws Error where it is not on offer */
  get(id: string): Provider;
  /**
   * What a login names as `provider`: nothing means the default, more than one name nothing. Only
   * providers that a browser can be sent to.
   */
  chosen(values: readonly string[]): RedirectProvider | undefined;
  /** The same among the providers that take a password. */
  chosenForPassword(values: readonly string[]): PasswordProvider | undefined;
  /** The provider whose callback has this id at its end; none means the default. */
  ofCallback(id: string | string[] | undefined): RedirectProvider;
}

export function createProviders(list: readonly Provider[]): Providers {
  const byId = new Map(list.map((provider) => [provider.id, provider]));
  const redirecting = list.filter(isRedirect);
  const withPassword = list.filter(isPassword);

  return {
    [Symbol.iterator]: () => list[Symbol.iterator](),
    has: (id) => byId.has(id),
    get(id) {
      const provider = byId.get(id);
      if (provider === undefined) throw new Error(`no provider ${id}`);
      return provider;
    },
    chosen: (values) => named(redirecting, values, list[0]),
    chosenForPassword: (values) => named(withPassword, values, withPassword[0]),
    ofCallback(id) {
      const values = id === undefined ? [] : [String(id)];
      const provider = named(redirecting, values, list[0]);
      if (provider === undefined) throw new LoginError('invalid_state', 'callback of no provider');
      return provider;
    },
  };
}

/** The one of the name; without a name the default, if it is of the kind that is asked for. */
function named<Kind extends Provider>(
  list: readonly Kind[],
  [name, ...more]: readonly string[],
  byDefault: Provider | undefined,
): Kind | undefined {
  const id = name ?? byDefault?.id;
  return more.length === 0 ? list.find((provider) => provider.id === id) : undefined;
}
