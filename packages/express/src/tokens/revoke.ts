import { atMost } from '../at-most.ts';
import type { Log } from '../log.ts';
import type { Providers } from '../oauth/providers.ts';
import type { OpenSession } from '../session/session.ts';

/**
 * Revoke the tokens of a session that is over, where the provider takes that. A provider that is
 * slow is not waited for, and one that fails changes nothing: the session has ended.
 */
export type Revoke = (session: OpenSession) => Promise<void>;

/** Milliseconds that a logout waits for the provider. */
const PATIENCE = 1500;

export function createRevoke({ providers, log }: { providers: Providers; log: Log }): Revoke {
  return async ({ record, tokens, keys }) => {
    if (tokens === undefined) return;
    const provider = providers.get(record.provider);
    const done = provider
      .revoke(tokens.tokens)
      .catch((err) => log.warn({ event: 'tokens.not_revoked', session: keys.hash, err }));
    await atMost(PATIENCE, done, undefined);
  };
}
