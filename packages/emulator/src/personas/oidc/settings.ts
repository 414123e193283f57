import type { Lifetimes } from '../../provider/settings.ts';

/** When the code grant gives a refresh token. */
export const REFRESH_TOKEN_POLICIES = ['with-offline-access', 'always', 'never'] as const;

export type RefreshTokenPolicy = (typeof REFRESH_TOKEN_POLICIES)[number];

/** Lifetimes in seconds. */
export interface OidcLifetimes extends Lifetimes {
  idToken: number;
}

/** What a test may turn while the issuer runs. */
export interface OidcSettings {
  lifetimes: OidcLifetimes;
  refreshTokens: RefreshTokenPolicy;
  /** On: each refresh replaces the refresh token, and the old one sent again revokes the grant. */
  refreshRotation: boolean;
  pkceRequired: boolean;
  parRequired: boolean;
  /** Off: who sends the ID token of the signed-in user along is signed out without a question. */
  logoutConfirmation: boolean;
  /** Seconds that the issuer's clock is ahead, or behind where negative. */
  clockSkew: number;
}

/** Make the settings an issuer starts with, and returns to at a reset. */
export function initialSettings(lifetimes: OidcLifetimes): OidcSettings {
  return {
    lifetimes: { ...lifetimes },
    refreshTokens: 'with-offline-access',
    refreshRotation: true,
    pkceRequired: true,
    parRequired: false,
    logoutConfirmation: true,
    clockSkew: 0,
  };
}
