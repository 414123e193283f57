import { PATHS } from '@cloakroom/contract/paths';
import { type UserInfo, userInfoSchema } from '@cloakroom/contract/user-info';
import { type Freshness, usePersonalQuery } from './use-personal-query.ts';

/** The provider's user, and how fresh that is. */
export interface UserInfoState extends Freshness {
  /** The last that is known; it stays while the provider is down, and goes with the session. */
  user: UserInfo | undefined;
}

/** Fetch the provider's user while somebody is signed in. */
export function useUserInfo(): UserInfoState {
  const { data: user, ...freshness } = usePersonalQuery({
    name: 'user-info',
    path: PATHS.userInfo,
    schema: userInfoSchema,
  });
  return { user, ...freshness };
}
