import type { Provider } from 'oidc-provider';
import { adjustAnswers } from './answers.ts';
import { keepBooks } from './books.ts';
import { configuration } from './configuration.ts';
import type { Issuer } from './issuer.ts';

/** Make the library's provider of an issuer. */
export async function buildProvider(issuer: Issuer): Promise<Provider> {
  // Loaded when it is first needed: most who start the emulator want another persona.
  const { Provider: LibraryProvider } = await import('oidc-provider');
  const jwks = await issuer.keys.privateJwks();
  const provider = new LibraryProvider(issuer.url, configuration(issuer, jwks));
  // What `nameOrigin` says of the origin counts, whatever name the caller had for it.
  provider.proxy = true;
  provider.use(adjustAnswers(issuer));
  keepBooks(issuer, provider);
  return provider;
}
