import type { ProviderProfile } from './provider-profile.ts';

/** Any OpenID Connect issuer: the base URL is the issuer, and its metadata says the rest. */
export const oidc = {
  id: 'oidc',
  name: 'OpenID Connect',
  kind: 'redirect',
  scope: 'openid profile email',
  pkce: 'S256',
  refresh: 'replace-or-keep',
  userInfoFields: [
    'id',
    'username',
    'name',
    'given_name',
    'family_name',
    'nickname',
    'email',
    'email_verified',
    'avatar_url',
    'locale',
    'zoneinfo',
    'updated_at',
  ],

  // Refresh tokens need consent each time (OpenID Connect Core section 11).
  authorizationParameters({ scope }): Record<string, string> {
    return scope.split(' ').includes('offline_access') ? { prompt: 'consent' } : {};
  },

  // Standard claims (OpenID Connect Core section 5.1).
  mapUserInfo({ sub, preferred_username, picture, ...others }) {
    if (typeof sub !== 'string' || sub === '' || sub.length > 255) return undefined;
    return { ...others, id: sub, username: preferred_username, avatar_url: picture };
  },
} satisfies ProviderProfile;
