import type { Grant } from '../../../provider/grants.ts';
import type { Forum } from '../forum.ts';

/** A token answer, its fields in the order of the library. */
export type TokenAnswer = {
  access_token: string;
  /** Seconds; a string once the setting was saved. */
  expires_in: string | number;
  token_type: 'Bearer';
  scope: string;
  refresh_token?: string;
};

/** Issue an access token, with a refresh token where it is refreshable, and answer both. */
export function issueTokens(
  forum: Forum,
  { grant, scope, refreshable }: { grant: Grant; scope: string; refreshable: boolean },
): TokenAnswer {
  const { lifetimes, expiresInAs } = forum.settings;
  const { accessToken: seconds } = lifetimes;
  const answer: TokenAnswer = {
    access_token: forum.tokens.issueAccess(grant, scope),
    expires_in: expiresInAs === 'string' ? String(seconds) : seconds,
    token_type: 'Bearer',
    scope,
  };
  if (!refreshable) return answer;
  return { ...answer, refresh_token: forum.tokens.issueRefresh(grant, scope) };
}
