/** A JSON object as a provider sent it: nothing about its members is known yet. */
export type JsonObject = Record<string, unknown>;

/** An answer of a provider: its status, and the JSON object that it brought. */
export interface JsonAnswer {
  status: number;
  body: JsonObject;
}

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
export type ProviderProfile = RedirectProfile | PasswordProfile;

interface CommonProfile {
  /** Lower-case name of the profile: the value of `OAUTH_PROFILE`. */
  readonly id: string;
  /** The name that people know the provider by. */
  readonly name: string;
  /** Where the provider lives if the settings do not say; absent for self-hosted ones. */
  readonly baseUrl?: string;
  readonly refresh: RefreshPolicy;
  /** Members of the user, named as `mapUserInfo` names them, that the browser may see. */
  readonly userInfoFields: readonly string[];
  /** What of the provider's API the browser may call below `/api/provider/`; nothing else. */
  readonly resources?: Resources;

  /** After an answer of the provider's API arrived: give it the status that it should have had. */
  conformApiResponse?(answer: JsonAnswer): JsonAnswer;
  /**
   * After the user info arrived: name its members as everybody does (`id`, `username`, `name`,
   * `email`, `avatar_url`). `undefined` where it names nobody. Default: as it came.
   */
  mapUserInfo?(userInfo: JsonObject): JsonObject | undefined;
}

/** A provider of the authorization code grant (RFC 6749 section 4.1). */
export interface RedirectProfile extends CommonProfile {
  readonly kind: 'redirect';
  /**
   * Paths below the base URL, to the letter: slashes at the end matter to some providers. Absent
   * where the provider publishes them (OpenID Connect Discovery 1.0): then it sends ID tokens too.
   */
  readonly endpoints?: {
    readonly authorization: string;
    readonly token: string;
    /** Absent where the token response says who has logged in, and no tokens exist. */
    readonly userInfo?: string;
    readonly topup?: string;
  };
  /** Space-separated scope that is asked for (RFC 6749 section 3.3). */
  readonly scope: string;
  /** Whether the provider knows PKCE (RFC 7636). */
  readonly pkce: 'S256' | 'off';
  /** Hosts, besides the base URL's own, that a page for topping up may be on. */
  readonly topupHosts?: readonly string[];

  /** Before the browser is sent to the provider: what the request carries besides the standard. */
  authorizationParameters?(request: { scope: string }): Record<string, string>;
  /** Before a refresh: what the request carries besides the standard. */
  refreshParameters?(registration: { redirectUri: string }): Record<string, string>;
  /**
   * After an answer of the token endpoint arrived and before the library reads it: make it what
   * RFC 6749 section 5 says.
   */
  conformTokenResponse?(answer: JsonAnswer): JsonAnswer;
  /**
   * After the token response said who has logged in: where more of that may be read, without any
   * token, as a path below the base URL. `undefined`: nothing is missing.
   */
  publicProfile?(identity: JsonObject): string | undefined;
}

/** A provider whose own API takes name and password, and keeps its session in cookies. */
export interface PasswordProfile extends CommonProfile {
  readonly kind: 'password';
  readonly endpoints: {
    readonly signIn: string;
    readonly signUp: string;
    readonly verifyEmail: string;
    readonly refresh: string;
    readonly signOut: string;
    readonly userInfo: string;
  };
  /** Names of the provider's cookies that are worth as much as an access and a refresh token. */
  readonly cookies: { readonly access: string; readonly refresh: string };
}

/** Routes of a provider's API that pass, and the path below the base URL that they begin with. */
export interface Resources {
  readonly base: string;
  readonly routes: readonly ResourceRoute[];
}

/** One route: everything that is not listed is turned away and reaches no provider. */
export interface ResourceRoute {
  /** Below `base`, to the letter. `{id}` stands for one segment of letters, digits, `_` and `-`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** Parameters that pass; any other one is left out. */
  readonly query?: readonly string[];
}
