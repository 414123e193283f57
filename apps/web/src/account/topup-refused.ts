import type { TopupState } from '@cloakroom/react';

/** Tell whether the provider has said no: it has no such page, or the login does not cover it. */
export function isRefused(topup: TopupState): boolean {
  return (
    topup.status === 'notSupported' ||
    (topup.status === 'failed' && topup.error.code === 'provider_forbidden')
  );
}
