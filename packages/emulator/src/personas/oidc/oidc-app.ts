import type { AllClientMetadata } from 'oidc-provider';
import { z } from 'zod';
import { APP_REQUEST } from '../../control/common-operations.ts';
import type { App } from '../../provider/apps.ts';

const webAddress = z.url({ protocol: /^https?$/ });

/** What a relying party is registered with. */
export const OIDC_APP_REQUEST = APP_REQUEST.extend({
  /** Default `client_secret_basic`. */
  tokenEndpointAuthMethod: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt'])
    .optional(),
  /** Public keys, for `private_key_jwt`. */
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
  postLogoutRedirectUri: webAddress.optional(),
  backchannelLogoutUri: webAddress.optional(),
  /** Refuse authorization requests of this app that were not pushed. */
  requirePar: z.boolean().optional(),
}).refine(
  ({ tokenEndpointAuthMethod, jwks }) => tokenEndpointAuthMethod !== 'private_key_jwt' || jwks,
  'private_key_jwt needs jwks',
);

export type OidcAppRequest = z.output<typeof OIDC_APP_REQUEST>;

export type OidcApp = App<OidcAppRequest>;

/** Describe an app as the library wants it (OpenID Connect Dynamic Client Registration). */
export function clientMetadata(app: OidcApp): AllClientMetadata & { client_id: string } {
  return {
    client_id: app.clientId,
    client_secret: app.clientSecret,
    client_name: app.name,
    redirect_uris: [app.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: app.tokenEndpointAuthMethod ?? 'client_secret_basic',
    post_logout_redirect_uris: app.postLogoutRedirectUri ? [app.postLogoutRedirectUri] : [],
    require_pushed_authorization_requests: app.requirePar ?? false,
    ...(app.jwks && { jwks: app.jwks }),
    ...(app.backchannelLogoutUri && {
      backchannel_logout_uri: app.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}
