/** Lifetimes in seconds. */
export interface Lifetimes {
  code: number;
  accessToken: number;
  refreshToken: number;
}

/** What a test may turn while the provider runs. */
export interface Settings {
  lifetimes: Lifetimes;
  /** On: each refresh replaces the refresh token. Off: the answer of a refresh has none, the first stays good. */
  refreshRotation: boolean;
  /** The most that consent gives, space-separated; null gives what was asked for. */
  grantedScope: string | null;
}

/** Make the settings a provider starts with, and returns to at a reset. */
export function initialSettings(lifetimes: Lifetimes): Settings {
  return { lifetimes: { ...lifetimes }, refreshRotation: true, grantedScope: null };
}
