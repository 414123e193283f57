import type { DemoUser } from '../../provider/users.ts';

/** A person with an account here. */
export interface OidcUser extends DemoUser {
  /** What a relying party knows them by; never changes. */
  sub: string;
  /** As they write it; null for nobody who gave one. */
  name: string | null;
  emailVerified: boolean;
  /** Whether there is a picture of them. */
  picture: boolean;
}

const NAMES: Readonly<Record<string, string>> = { yating: 'Lin Ya-ting', weichen: 'Chen Wei-chen' };

/** Give a demo user the account that they have here. */
export function oidcUser(user: DemoUser): OidcUser {
  return {
    ...user,
    sub: `u-${user.id}`,
    name: NAMES[user.username] ?? user.username,
    emailVerified: true,
    picture: true,
  };
}

/** Say who somebody is, in all claims that the scopes of this issuer cover. */
export function claimsOf(
  user: OidcUser,
  baseUrl: string,
): { sub: string; [claim: string]: unknown } {
  return {
    sub: user.sub,
    name: user.name ?? undefined,
    preferred_username: user.username,
    picture: user.picture ? `${baseUrl}/people/${user.username}.svg` : undefined,
    email: user.email,
    email_verified: user.emailVerified,
  };
}
