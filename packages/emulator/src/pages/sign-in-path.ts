import type { Request } from 'express';
import { returnPath } from './return-path.ts';

/** Where a persona has what belongs to signing in, below its base path. */
export interface Paths {
  signIn: string;
  signOut: string;
  /** Where a sign-in leads that nobody asked for elsewhere. */
  home: string;
  /** Where apps send people to. */
  authorize: string;
}

/** A site with a sign-in page of its own. */
export interface Entrance {
  basePath: string;
  paths: Paths;
}

/**
 * Name the sign-in page that leads back to a path of this persona.
 * @param demoUser whose name and password stand in its form already
 */
export function signInPath(
  { basePath, paths }: Entrance,
  returnTo: string,
  demoUser?: string,
): string {
  const query = new URLSearchParams({ return_to: returnTo });
  if (demoUser !== undefined) query.set('demo_user', demoUser);
  return `${basePath}${paths.signIn}?${query}`;
}

/** Where a sign-in leads, or a sign-out: only ever a page of this persona. */
export function pathBack({ basePath, paths }: Entrance, asked: unknown): string {
  return returnPath(basePath, asked) ?? basePath + paths.home;
}

/** Where the sign-in of a page leads. */
export function signInTarget({ req, provider }: { req: Request; provider: Entrance }): string {
  return pathBack(provider, req.query.return_to);
}

/** The parameters of the authorization request that waits behind a sign-in. */
export function waitingRequest(
  page: { req: Request; provider: Entrance },
  target = signInTarget(page),
): Record<string, string> | undefined {
  const { basePath, paths } = page.provider;
  const { pathname, searchParams } = new URL(target, 'http://here');
  return pathname === basePath + paths.authorize ? Object.fromEntries(searchParams) : undefined;
}
