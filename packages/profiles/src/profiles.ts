import { afdian } from './afdian.ts';
import { aihubmix } from './aihubmix.ts';
import { flarum } from './flarum.ts';
import { oidc } from './oidc.ts';
import type { ProviderProfile } from './provider-profile.ts';
import { rememberizer } from './rememberizer.ts';
import { rememberizerAccount } from './rememberizer-account.ts';

/** Every profile by its name. A new provider is a file and a line here. */
export const profiles: Readonly<Record<string, ProviderProfile>> = {
  [aihubmix.id]: aihubmix,
  [rememberizer.id]: rememberizer,
  [rememberizerAccount.id]: rememberizerAccount,
  [afdian.id]: afdian,
  [flarum.id]: flarum,
  [oidc.id]: oidc,
};
