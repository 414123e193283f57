import { type CryptoKey, importJWK, type JWK } from 'jose';
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from 'openid-client';

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
  if (method === 'client_secret_basic') return clientSecretBasic(clientSecret);
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

/**
 * The secret in a header (RFC 6749 section 2.3.1). Form-encoding leaves `-`, `_` and `.` alone; the
 * library encodes them too, and many servers do not decode.
 */
const clientSecretBasic =
  (clientSecret: string): ClientAuth =>
  (_server, { client_id }, _body, headers) => {
    const credentials = [client_id, clientSecret].map(formEncoded).join(':');
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  };

const formEncoded = (value: string) => new URLSearchParams([['', value]]).toString().slice(1);
