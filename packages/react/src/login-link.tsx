import { startUrl } from '@cloakroom/contract/paths';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { loginTarget, rememberTarget } from './login-target.ts';
import { useSession } from './use-session.ts';

/** What a `LoginLink` takes, besides what a link does. */
export interface LoginLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** Id of the provider to log in at. @default the first on offer */
  provider?: string;
  /**
   * A local path to come back to.
   * @default this page; after a failed login the page that was wanted then
   */
  returnTo?: string;
}

/**
 * Lead to the login: a link that navigates the whole page. A login begins at the provider's own
 * address bar, so it can be neither a `fetch` nor a frame.
 */
export function LoginLink({ provider, returnTo, onClick, ...link }: LoginLinkProps): ReactNode {
  const state = useSession();
  const failed = state.status === 'signedOut' && state.loginError !== undefined;
  const target = () => returnTo ?? loginTarget(failed);
  const address = () => startUrl({ ...(provider && { provider }), returnTo: target() });
  const begin = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    // An app with a router may have moved on since the link was drawn.
    event.currentTarget.href = address();
    rememberTarget(target());
  };
  return <a {...link} href={address()} onClick={begin} />;
}
