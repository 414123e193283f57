import type { Emulator } from '@cloakroom/emulator';
import type { ProviderRow } from '../matrix/provider-row.ts';
import type { ProviderControl } from './provider-control.ts';

/** Who plays the providers of the whole site. */
export interface Cast {
  /** All of them but the twins. */
  emulator: Emulator;
  /** The twins: what is known at one of a pair is unknown at the other. */
  elsewhere: Emulator;
}

/** Find who plays a provider. */
export function playerOf(
  row: ProviderRow,
  cast: Cast,
): { baseUrl: string; control: ProviderControl } {
  const { personas } = row.elsewhere ? cast.elsewhere : cast.emulator;
  return personas[row.persona];
}
