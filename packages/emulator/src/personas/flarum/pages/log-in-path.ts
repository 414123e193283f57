/** Name the page to log in at, which leads back to a path of the forum. */
export function logInPath({ basePath }: { basePath: string }, returnTo: string): string {
  return `${basePath}/login?${new URLSearchParams({ return_to: returnTo })}`;
}
