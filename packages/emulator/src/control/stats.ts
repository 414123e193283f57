import type { Traffic } from '../provider/traffic.ts';

/** What happened since the last reset. */
export interface Stats<Name extends string> {
  /** Calls that came in, whatever they were answered. */
  calls: Record<Name, number>;
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

/** What a persona remembers of its grants: the class `Grants`, or a book of its own. */
interface CountedGrants {
  all(): ReadonlyArray<Omit<GrantStats, 'maxConcurrentRefreshes'> & { id: string }>;
  live(): readonly unknown[];
  refreshReuses: number;
  codeReuses: number;
}

/** Read the counters of a provider. */
export function readStats<Name extends string>(provider: {
  grants: CountedGrants;
  traffic: Traffic<Name>;
}): Stats<Name> {
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
