import { atMost } from '../at-most.ts';
import type { Log } from '../log.ts';
import type { Providers } from '../oauth/providers.ts';
import type { OpenSession } from '../session/session.ts';
import { giveBack } from './give-back.ts';

/**
 * Revoke the tokens of a session that is over, where the provider takes that. A provider that is
 * slow is not waited for, and one that fails changes nothing: the session has ended.
 */
export type Revoke = (session: OpenSession) => Promise<void>;

/** Milliseconds that a logout waits for the provider. */
const PATIENCE = 1500;

export function createRevoke({ providers, log }: { providers: Providers; log: Log }): Revoke {
  return async ({ record, tokens }) => {
    if (tokens === undefined) return;
    const done = giveBack(providers.get(record.provider), tokens.tokens, log);
    await atMost(PATIENCE, done, undefined);
  };
}
