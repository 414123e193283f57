import type { JsonAnswer, JsonObject, ProviderProfile } from './provider-profile.ts';

/**
 * Afdian (爱发电): the token response says who has logged in, and there are no tokens. Every answer
 * is an envelope with HTTP 200. A user who refuses stays there: no callback says so.
 *
 * The same service lives on afdian.com, afdian.net and ifdian.net.
 */
export const afdian = {
  id: 'afdian',
  name: '爱发电',
  kind: 'redirect',
  baseUrl: 'https://afdian.com',
  // The token endpoint is below /api, the authorization endpoint is not.
  endpoints: { authorization: '/oauth2/authorize', token: '/api/oauth2/access_token' },
  scope: 'basic',
  pkce: 'off',
  refresh: 'none',
  userInfoFields: ['id', 'private_id', 'name', 'avatar_url'],

  // `{ec: 200, em, data}`; with another `ec` the reason is in `em` or in `data.error`.
  conformTokenResponse({ status, body }): JsonAnswer {
    if (status !== 200) return { status, body };
    const { ec, em, data } = body;
    if (Number(ec) === 200 && isObject(data)) return { status: 200, body: data };
    const description = (isObject(data) && data.error) || em;
    return { status: 400, body: { error: 'invalid_grant', error_description: `${description}` } };
  },

  // `name` and `avatar` came later than the document: some answers have them, others do not.
  publicProfile({ user_id, name }) {
    if (typeof name === 'string' || typeof user_id !== 'string') return undefined;
    return `/api/user/get-profile?user_id=${encodeURIComponent(user_id)}`;
  },

  // The public profile is an envelope as well: `{ec, em, data: {user}}`.
  mapUserInfo({ user_id, user_private_id, name, avatar, ec, data }) {
    if (typeof user_id !== 'string' || user_id === '') return undefined;
    const found = Number(ec) === 200 && isObject(data) && isObject(data.user) ? data.user : {};
    const profile = found.user_id === user_id ? found : {};
    return {
      id: user_id,
      private_id: user_private_id,
      name: name ?? profile.name,
      avatar_url: avatar ?? profile.avatar,
    };
  },
} satisfies ProviderProfile;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
