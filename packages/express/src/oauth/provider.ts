import type {
  PasswordProfile,
  ProviderProfile,
  RedirectProfile,
} from '@cloakroom/profiles/provider-profile';
import type { JWTVerifyGetKey } from 'jose';
import type { Configuration, ServerMetadata } from 'openid-client';
import type { TokenSet } from '../tokens/token-set.ts';

/** A provider as it was set up: its profile, our registration there, and how to reach it. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly profile: ProviderProfile;
  readonly baseUrl: string;
  /** Where its endpoints are (RFC 8414 section 2): of the profile, or as the issuer publishes it. */
  metadata(): Promise<ServerMetadata>;
  /** Absolute URL of a path below the base URL. */
  url(path: string): string;
  /** Headers by which a call of the provider's API speaks for a session. */
  credentials(tokens: TokenSet): Record<string, string>;
  /** Use a refresh token. Rejects with what `tokenFailure` explains. */
  refresh(use: RefreshUse): Promise<TokenSet>;
  /** Tell the provider that tokens are needed no more, where it takes that. Rejects where it fails. */
  revoke(tokens: TokenSet): Promise<void>;
}

export interface RefreshUse {
  refreshToken: string;
  /** What the answer leaves out stays as it is here. */
  previous: TokenSet;
  /** Whose session it is: an answer that speaks of somebody else is refused. */
  subject: string;
}

/** A provider of the authorization code grant. */
export interface RedirectProvider extends Provider {
  readonly profile: RedirectProfile;
  readonly redirectUri: string;
  readonly scope: string;
  readonly pkce: 'S256' | 'off';
  /** Whether it says by an ID token who has logged in. */
  readonly sendsIdTokens: boolean;
  /** Whether the ID token goes to the provider's sign-out page as a hint. */
  readonly logoutHint: boolean;
  readonly now: () => number;
  /** What the protocol library needs to know. */
  configuration(): Promise<Configuration>;
  /** What verifies the tokens that it signs; only where it sends ID tokens. */
  openId(): Promise<OpenIdProvider>;
}

/** What is known of an issuer whose tokens are verified. */
export interface OpenIdProvider {
  readonly clientId: string;
  /** Exactly as it calls itself. */
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Who else an ID token may be for, besides us. */
  readonly trustedAudiences: readonly string[];
  readonly now: () => number;
}

/** A provider that takes name and password. */
export interface PasswordProvider extends Provider {
  readonly profile: PasswordProfile;
  /** Rejects with AccountRefusal where the provider does not accept what was sent. */
  signIn(credentials: object): Promise<TokenSet>;
  /** @returns tokens where the provider signs in whoever has signed up */
  signUp(account: object): Promise<TokenSet | undefined>;
}

export function isRedirect(provider: Provider): provider is RedirectProvider {
  return provider.profile.kind === 'redirect';
}

export function isPassword(provider: Provider): provider is PasswordProvider {
  return provider.profile.kind === 'password';
}
