import type { ProviderProfile } from './provider-profile.ts';

/**
 * AIHubMix: OAuth 2.0 with flat, standard answers. Its document lists no PKCE, no revocation and no
 * discovery, and one extra: top-up.
 */
export const aihubmix = {
  id: 'aihubmix',
  name: 'AIHubMix',
  kind: 'redirect',
  baseUrl: 'https://aihubmix.com',
  endpoints: {
    authorization: '/api/oauth2/authorize',
    token: '/api/oauth2/token',
    userInfo: '/api/oauth2/userinfo',
    topup: '/api/oauth2/topup',
  },
  scope: 'profile balance',
  pkce: 'off',
  refresh: 'replace-or-keep',
  userInfoFields: [
    'id',
    'username',
    'email',
    'quota',
    'used_quota',
    'balance_formatted',
    'created_time',
    'status',
  ],
  topupHosts: ['aihubmix.com', 'api.aihubmix.com', 'console.aihubmix.com'],

  // "One-click login": whoever has signed in is not asked for consent (document, question 1).
  authorizationParameters: () => ({ auto_authorize: 'true' }),
} satisfies ProviderProfile;
