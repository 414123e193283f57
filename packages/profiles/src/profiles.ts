import { aihubmix } from './aihubmix.ts';
import type { ProviderProfile } from './provider-profile.ts';

/** Every profile by its name. A new provider is a file and a line here. */
export const profiles: Readonly<Record<string, ProviderProfile>> = {
  [aihubmix.id]: aihubmix,
};
