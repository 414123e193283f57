import type { Log } from '../log.ts';
import type { Provider } from '../oauth/provider.ts';
import type { TokenSet } from './token-set.ts';

/** Revoke tokens that nobody may use any more, where the provider takes that. Never rejects. */
export function giveBack(provider: Provider, tokens: TokenSet, log: Log): Promise<void> {
  return provider
    .revoke(tokens)
    .catch((err) => log.warn({ event: 'tokens.not_revoked', provider: provider.id, err }));
}
