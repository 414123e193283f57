import type { SessionUser } from '@cloakroom/contract/session';

/** A JSON object as a provider sent it: nothing about its members is known yet. */
export type JsonObject = Record<string, unknown>;

/** What happens to the refresh token when it was used (RFC 6749 section 6 leaves it to the server). */
export type RefreshPolicy =
  /** A new refresh token replaces the old one; an answer without one keeps the old one. */
  | 'replace-or-keep'
  /**
   * It is good for one use, and what comes back may hold none: it is given up before it is sent, and
   * never sent again, whatever became of the request.
   */
  | 'one-shot'
  /** The provider issues nothing to refresh with. */
  | 'none';

/**
 * What a provider does, as data, and where it deviates from the standards, as hooks named by their
 * moment. The engine owns every default: a profile states only what differs.
 */
export interface ProviderProfile {
  /** Lower-case name of the profile: the value of `OAUTH_PROFILE`. */
  readonly id: string;
  /** The name that people know the provider by. */
  readonly name: string;
  /** `redirect`: the authorization code grant (RFC 6749 section 4.1). */
  readonly kind: 'redirect';
  /** Where the provider lives if the settings do not say; absent for self-hosted ones. */
  readonly baseUrl?: string;
  /** Paths below the base URL, to the letter: slashes at the end matter to some providers. */
  readonly endpoints: {
    readonly authorization: string;
    readonly token: string;
    readonly userInfo: string;
    readonly topup?: string;
  };
  /** Space-separated scope that is asked for (RFC 6749 section 3.3). */
  readonly scope: string;
  /** Whether the provider knows PKCE (RFC 7636). */
  readonly pkce: 'S256' | 'off';
  readonly refresh: RefreshPolicy;
  /** Members of the user info that the browser may see, names and values unchanged. */
  readonly userInfoFields: readonly string[];
  /** Hosts, besides the base URL's own, that a page for topping up may be on. */
  readonly topupHosts?: readonly string[];

  /** Before the browser is sent to the provider: what the authorization request carries besides the standard. */
  authorizationParameters?(): Record<string, string>;
  /**
   * After an answer of the token endpoint arrived and before the library reads it: make it what
   * RFC 6749 section 5 says.
   */
  conformTokenResponse?(answer: { status: number; body: JsonObject }): {
    status: number;
    body: JsonObject;
  };
  /** After the user info arrived: who is this? `undefined` where it names nobody. */
  mapUser(userInfo: JsonObject): SessionUser | undefined;
}
