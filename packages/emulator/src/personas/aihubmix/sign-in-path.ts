import type { AihubmixProvider } from './aihubmix-provider.ts';

/** Name the sign-in page that leads back to a path of this persona. */
export function signInPath(provider: AihubmixProvider, returnTo: string): string {
  return `${provider.basePath}/sign-in?${new URLSearchParams({ return_to: returnTo })}`;
}
