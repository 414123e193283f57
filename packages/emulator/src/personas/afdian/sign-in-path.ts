/** Name the sign-in page that leads back to a path of this persona. */
export function signInPath({ basePath }: { basePath: string }, returnTo: string): string {
  return `${basePath}/login?${new URLSearchParams({ return_to: returnTo })}`;
}
