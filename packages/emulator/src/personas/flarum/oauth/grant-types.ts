import type { Grant } from '../../../provider/grants.ts';
import type { Forum } from '../forum.ts';
import { type OAuthError, oauthError } from './oauth-error.ts';
import { param } from './param.ts';

/** What a token request refers to, once it is known to be good. */
export interface Found {
  /** Whose it is; absent where nobody's it can be but the client's that asks. */
  clientId?: string;
  /** What the new token may have at most; absent where the client decides. */
  scope?: string;
  /** Give the grant that the tokens are of, and use up what was sent. */
  take: (asker: { clientId: string; scope: string }) => Grant;
}

/** One way to come to a token. */
export interface GrantType {
  /** A public client may use it. */
  mayBePublic: boolean;
  /** The answer has a refresh token. */
  refreshable: boolean;
  find: (forum: Forum, form: Form) => Found | OAuthError;
}

type Form = Record<string, unknown>;

const authorizationCode: GrantType = {
  mayBePublic: true,
  refreshable: true,
  find: (forum, form) => {
    const value = param(form, 'code');
    if (value === '') return missing('code');
    const code = forum.tokens.code(value);
    if (code === undefined) {
      return invalidGrant("Authorization code doesn't exist or is invalid for the client");
    }
    const { grant } = code;
    if (decoded(param(form, 'redirect_uri')) !== grant.redirectUri) {
      const description = 'The redirect URI is missing or do not match';
      return oauthError('redirect_uri_mismatch', description, '4.1.3');
    }
    if (forum.tokens.hasExpired(code)) return invalidGrant('The authorization code has expired');
    const take = () => {
      forum.tokens.use('codes', code);
      return grant;
    };
    return { clientId: grant.clientId, scope: code.scope, take };
  },
};

/** One shot: the token is deleted, and no other takes its place. The access token before stays good. */
const refreshToken: GrantType = {
  mayBePublic: true,
  refreshable: false,
  find: (forum, form) => {
    const value = param(form, 'refresh_token');
    if (value === '') return missing('refresh_token');
    const token = forum.tokens.refreshToken(value);
    if (token === undefined) return invalidGrant('Invalid refresh token');
    if (forum.tokens.hasExpired(token)) return invalidGrant('Refresh token has expired');
    const { grant, scope } = token;
    const take = () => {
      forum.tokens.use('refreshTokens', token);
      grant.refreshes += 1;
      return grant;
    };
    return { clientId: grant.clientId, scope, take };
  },
};

const clientCredentials: GrantType = {
  mayBePublic: false,
  refreshable: false,
  find: (forum) => ({
    take: (asker) => forum.tokens.open({ ...asker, username: '', redirectUri: '' }),
  }),
};

const password: GrantType = {
  mayBePublic: true,
  refreshable: true,
  find: (forum, form) => {
    const [username, secret] = [param(form, 'username'), param(form, 'password')];
    if (username === '' || secret === '') {
      const description = 'Missing parameters: "username" and "password" required';
      return oauthError('invalid_request', description);
    }
    const user = forum.users.signIn(username, secret);
    if (user === undefined) return invalidGrant('Invalid username and password combination');
    return {
      take: (asker) => forum.tokens.open({ ...asker, username: user.username, redirectUri: '' }),
    };
  },
};

/** The grant types of the plugin, by their names. */
export const GRANT_TYPES = new Map<string, GrantType>([
  ['authorization_code', authorizationCode],
  ['client_credentials', clientCredentials],
  ['password', password],
  ['refresh_token', refreshToken],
]);

function missing(name: string): OAuthError {
  return oauthError('invalid_request', `Missing parameter: "${name}" is required`);
}

function invalidGrant(description: string): OAuthError {
  return oauthError('invalid_grant', description);
}

/** The library decodes the redirect URI of a token request once more than it was encoded. */
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri.replaceAll('+', ' '));
  } catch {
    return uri;
  }
}
