/** Read where a sign-in should lead: a path below the persona's own, or undefined. */
export function returnPath(basePath: string, asked: unknown): string | undefined {
  const url = URL.parse(typeof asked === 'string' ? asked : '', 'http://here');
  if (url?.origin !== 'http://here' || !url.pathname.startsWith(`${basePath}/`)) return undefined;
  return url.pathname + url.search;
}
