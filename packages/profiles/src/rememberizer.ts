import type { ProviderProfile } from './provider-profile.ts';
import { rememberizerResources } from './rememberizer-resources.ts';

/**
 * Rememberizer: OAuth 2.0 with slashes at the end of every path, and without `expires_in`. A user who
 * cancels is sent to the app's landing page, so no callback says so.
 */
export const rememberizer = {
  id: 'rememberizer',
  name: 'Rememberizer',
  kind: 'redirect',
  baseUrl: 'https://api.rememberizer.ai',
  endpoints: {
    authorization: '/api/v1/auth/oauth2/authorize/',
    token: '/api/v1/auth/oauth2/token/',
    // Of its three descriptions of a user this is the one that its own sample app calls with an
    // OAuth token. The `id` of the others is another one: never mix them.
    userInfo: '/api/v1/account/',
  },
  // Without it there is no refresh token (integration samples, developer guide).
  scope: 'offline_access',
  pkce: 'off',
  refresh: 'replace-or-keep',
  userInfoFields: ['id', 'email', 'name'],
  resources: rememberizerResources,

  // Its samples send the redirect URI with a refresh too.
  refreshParameters: ({ redirectUri }) => ({ redirect_uri: redirectUri }),

  // Its clients look for `error`, not at the status, and no sample shows a `token_type`.
  conformTokenResponse({ status, body }) {
    if (body.error !== undefined) return { status: Math.max(status, 400), body };
    return { status, body: { token_type: 'Bearer', ...body } };
  },
} satisfies ProviderProfile;
