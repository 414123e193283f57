type Metadata = Record<string, unknown>;

type Forge = (metadata: Metadata, origin: string) => Metadata;

/** Each way in which the discovery document can mislead (OpenID Connect Discovery 4.3, RFC 9700). */
export const DISCOVERY_FORGERIES = {
  'another-issuer': (metadata, origin) => ({ ...metadata, issuer: origin }),
  'foreign-authorization-endpoint': abroad('authorization_endpoint'),
  'foreign-token-endpoint': abroad('token_endpoint'),
  'foreign-userinfo-endpoint': abroad('userinfo_endpoint'),
  'foreign-jwks-uri': abroad('jwks_uri'),
  'foreign-par-endpoint': abroad('pushed_authorization_request_endpoint'),
  'foreign-end-session-endpoint': abroad('end_session_endpoint'),
  'foreign-revocation-endpoint': abroad('revocation_endpoint'),
  'no-pkce-methods': without('code_challenge_methods_supported'),
  'plain-pkce-only': (metadata) => ({ ...metadata, code_challenge_methods_supported: ['plain'] }),
  /** Absent means `client_secret_basic` alone. */
  'no-token-auth-methods': without('token_endpoint_auth_methods_supported'),
  'strange-token-auth-methods': (metadata) => ({
    ...metadata,
    token_endpoint_auth_methods_supported: ['tls_client_auth'],
  }),
  /** As issuers have it that know nothing of RFC 9207. */
  'no-iss-parameter': without('authorization_response_iss_parameter_supported'),
  'no-par-endpoint': without('pushed_authorization_request_endpoint'),
  'no-userinfo-endpoint': without('userinfo_endpoint'),
  'no-end-session-endpoint': without('end_session_endpoint'),
  'no-revocation-endpoint': without('revocation_endpoint'),
  'no-token-endpoint': without('token_endpoint'),
} satisfies Record<string, Forge>;

export type DiscoveryForgery = keyof typeof DISCOVERY_FORGERIES;

export function forgeDiscovery(
  metadata: Metadata,
  forgeries: ReadonlyArray<{ kind: DiscoveryForgery; origin: string }>,
): Metadata {
  return forgeries.reduce(
    (forged: Metadata, { kind, origin }) => DISCOVERY_FORGERIES[kind](forged, origin),
    metadata,
  );
}

/** Keep the path of an endpoint, and give it another origin. */
function abroad(endpoint: string): Forge {
  return (metadata, origin) => {
    const { pathname } = new URL(String(metadata[endpoint]));
    return { ...metadata, [endpoint]: new URL(pathname, origin).href };
  };
}

function without(name: string): Forge {
  return ({ [name]: _left, ...metadata }) => metadata;
}
