import type { RegisteredClient } from './client-of-call.ts';
import type { SigningKey } from './signing-key.ts';

/** Describe an issuer with all its endpoints (OpenID Connect Discovery 1.0 section 3). */
export function discoveryDocument(issuer: {
  url: string;
  signer: SigningKey;
  authMethod: RegisteredClient['authMethod'];
}): Record<string, unknown> {
  const at = (path: string) => issuer.url.replace(/\/$/, '') + path;
  return {
    issuer: issuer.url,
    authorization_endpoint: at('/authorize'),
    token_endpoint: at('/token'),
    userinfo_endpoint: at('/userinfo'),
    jwks_uri: at('/jwks'),
    revocation_endpoint: at('/revoke'),
    end_session_endpoint: at('/end-session'),
    pushed_authorization_request_endpoint: at('/par'),
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [issuer.signer.alg],
    token_endpoint_auth_methods_supported: [issuer.authMethod],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}
