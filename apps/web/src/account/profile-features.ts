import type { Provider } from '@cloakroom/contract/providers';

/** What a page can offer besides who somebody is. */
export interface ProfileFeatures {
  /** The account has a balance, unless the login does not cover it. */
  balance?: true;
  /** The account has documents that can be searched. */
  documents?: true;
  /** All that is known of somebody came with the login: to ask again brings nothing new. */
  fixed?: true;
}

const FEATURES: Readonly<Record<string, ProfileFeatures>> = {
  aihubmix: { balance: true },
  rememberizer: { documents: true },
  'rememberizer-account': { documents: true },
  afdian: { fixed: true },
};

/** Know what to wait for at a provider, before its first answer and while it gives none. */
export function featuresOf(provider: Provider | undefined): ProfileFeatures {
  return (provider && FEATURES[provider.profile]) ?? {};
}
