import type { ProviderProfile } from './provider-profile.ts';

/** Status of an error that came with HTTP 200 (RFC 6749 section 5.2, RFC 6750 section 3.1). */
const STATUS: Readonly<Record<string, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
};

/**
 * Flarum OAuth Center, the plugin of FoskyM for a Flarum forum: HTTP 200 for every outcome, codes of
 * 30 seconds, and a refresh token that is used up by its use, without a successor.
 */
export const flarum = {
  id: 'flarum',
  name: 'Flarum',
  kind: 'redirect',
  endpoints: { authorization: '/oauth/authorize', token: '/oauth/token', userInfo: '/api/user' },
  scope: 'user.read',
  // The plugin has no column for a challenge: it drops one, and asks for no verifier.
  pkce: 'off',
  refresh: 'one-shot',
  userInfoFields: [
    'id',
    'username',
    'nickname',
    'email',
    'is_email_confirmed',
    'avatar_url',
    'joined_at',
    'last_seen_at',
    'discussion_count',
    'comment_count',
  ],

  // Its controller drops the status. `expires_in` is text once an admin has saved the settings, and
  // an empty scope is "" or null.
  conformTokenResponse({ status, body }) {
    if (status !== 200) return { status, body };
    const { error, expires_in, scope, ...others } = body;
    if (typeof error === 'string') return { status: STATUS[error] ?? 400, body };
    return {
      status,
      body: {
        ...others,
        // None, or 0, where no number was saved: unknown rather than over.
        ...(Number(expires_in ?? 0) !== 0 && { expires_in: Number(expires_in) }),
        ...(typeof scope === 'string' && scope !== '' && { scope }),
      },
    };
  },

  // A token that it does not accept is HTTP 200 as well; without any it describes a guest.
  conformApiResponse({ status, body }) {
    if (status !== 200) return { status, body };
    if (typeof body.error === 'string') return { status: STATUS[body.error] ?? 400, body };
    return { status: body.id === null ? 401 : 200, body };
  },

  // Permissions may hide any field; without a positive number it is nobody.
  mapUserInfo(userInfo) {
    const { id, nickname, username } = userInfo;
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) return undefined;
    return { ...userInfo, name: nickname ?? username };
  },
} satisfies ProviderProfile;
