import type { ProviderProfile } from './provider-profile.ts';
import { rememberizerResources } from './rememberizer-resources.ts';

/**
 * Rememberizer's account API: name, password and captcha in JSON, a session in cookies. No OAuth: no
 * code, no scope, no token response.
 */
export const rememberizerAccount = {
  id: 'rememberizer-account',
  name: 'Rememberizer account',
  kind: 'password',
  baseUrl: 'https://api.rememberizer.ai',
  endpoints: {
    signIn: '/api/v1/auth/signin/',
    signUp: '/api/v1/auth/signup/',
    verifyEmail: '/api/v1/auth/verify-email/',
    refresh: '/api/v1/auth/custom-refresh/',
    signOut: '/api/v1/auth/custom-logout/',
    userInfo: '/api/v1/account/',
  },
  // Only the second name is in its document; what the samples send as a JWT is the first one's value.
  cookies: { access: 'access_token', refresh: 'refresh_token' },
  refresh: 'replace-or-keep',
  userInfoFields: ['id', 'email', 'name'],
  resources: rememberizerResources,
} satisfies ProviderProfile;
