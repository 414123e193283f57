import type { RememberizerProvider } from '../rememberizer-provider.ts';

/** Name the sign-in page that leads back to a path of this persona. */
export function signInPath({ basePath }: RememberizerProvider, returnTo: string): string {
  return `${basePath}/sign-in?${new URLSearchParams({ return_to: returnTo })}`;
}
