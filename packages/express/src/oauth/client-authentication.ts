import { type CryptoKey, importJWK, type JWK } from 'jose';
import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  PrivateKeyJwt,
} from 'openid-client';

/** How the BFF authenticates at the provider (OpenID Connect Core section 9). */
export interface ClientCredentials {
  /** Default: by the key if there is one, else by the secret as the provider's metadata says. */
  clientAuth?: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | undefined;
  clientSecret: string;
  /** Private key as a JWK (RFC 7517), with `alg`, and with `kid` where the provider has several of ours. */
  clientKey?: JWK | undefined;
}

/**
 * Choose how to authenticate.
 * @param supported `token_endpoint_auth_methods_supported`; without it the secret goes into a header
 *   (RFC 8414 section 2)
 */
export async function clientAuthentication(
  { clientAuth, clientSecret, clientKey }: ClientCredentials,
  supported: readonly string[] = ['client_secret_basic'],
): Promise<ClientAuth> {
  const method = clientAuth ?? (clientKey ? 'private_key_jwt' : bySecret(supported));
  if (method === 'client_secret_post') return ClientSecretPost(clientSecret);
  if (method === 'client_secret_basic') return ClientSecretBasic(clientSecret);
  if (clientKey === undefined) throw new TypeError('private_key_jwt needs a key');
  const { alg = '', kid } = clientKey;
  const key = (await importJWK(clientKey)) as CryptoKey;
  return PrivateKeyJwt(
    { key, ...(kid !== undefined && { kid }) },
    {
      // As it was registered: some names of an algorithm are newer than most providers.
      [modifyAssertion](header) {
        header.alg = alg;
      },
    },
  );
}

const bySecret = (supported: readonly string[]) =>
  supported.includes('client_secret_post') && !supported.includes('client_secret_basic')
    ? 'client_secret_post'
    : 'client_secret_basic';
