import type { Provider } from '../provider/provider.ts';
import type { DemoUser } from '../provider/users.ts';
import {
  appOperations,
  faultOperations,
  grantOperations,
  lifetimeOperations,
  none,
  trafficOperations,
} from './common-operations.ts';
import { operation } from './operation.ts';
import { readStats } from './stats.ts';

/** All that a test may ask of any persona that is a `Provider`; a persona spreads it, and adds its quirks. */
export function providerOperations<Name extends string, User extends DemoUser>(
  provider: Provider<Name, User>,
) {
  return {
    reset: operation(none, () => provider.reset()),
    ...lifetimeOperations(() => provider.settings.lifetimes),
    ...faultOperations(provider.faults, provider.endpoints),
    ...grantOperations(provider.grants),
    ...appOperations((request) => provider.registerApp(request)),
    stats: operation(none, () => readStats(provider)),
    ...trafficOperations(provider.traffic, provider.ledger),
  };
}
