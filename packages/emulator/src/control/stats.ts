import type { Endpoint } from '../provider/faults.ts';
import type { Provider } from '../provider/provider.ts';

/** What happened since the last reset. */
export interface Stats {
  /** Calls that came in, whatever they were answered. */
  calls: Record<Endpoint, number>;
  grants: GrantStats[];
  /** Refresh tokens that were sent again after they had been replaced. */
  refreshReuses: number;
  /** Codes that were sent again after they had been used. */
  codeReuses: number;
  maxConcurrentRefreshesPerGrant: number;
  /** Grants that still have a token that works. */
  liveGrants: number;
}

export interface GrantStats {
  username: string;
  clientId: string;
  scope: string;
  revoked: boolean;
  /** Refreshes that were answered with new tokens. */
  refreshes: number;
  maxConcurrentRefreshes: number;
}

/** Read the counters of a provider. */
export function readStats(provider: Provider): Stats {
  const grants = provider.grants.all().map(
    ({ id, username, clientId, scope, revoked, refreshes }): GrantStats => ({
      username,
      clientId,
      scope,
      revoked,
      refreshes,
      maxConcurrentRefreshes: provider.traffic.mostRefreshing(id),
    }),
  );
  return {
    calls: provider.traffic.counts(),
    grants,
    refreshReuses: provider.grants.refreshReuses,
    codeReuses: provider.grants.codeReuses,
    maxConcurrentRefreshesPerGrant: Math.max(0, ...grants.map((one) => one.maxConcurrentRefreshes)),
    liveGrants: provider.grants.live().length,
  };
}
