import type { Sealer } from '../session/seal.ts';
import type { SessionKeys } from '../session/session-keys.ts';
import type { Store } from '../store/store.ts';
import type { TokenSet } from './token-set.ts';

/** A token set and the very text it was read from, which is what a later save is compared with. */
export interface SealedTokens {
  readonly tokens: TokenSet;
  readonly sealed: string;
}

/** Names a session to the token store. */
export interface TokenOwner {
  readonly id: string;
  readonly keys: SessionKeys;
}

/**
 * The token sets beside the sessions. Only the callback (`create`) and the refresh (`replace`)
 * write here.
 */
export interface TokenStore {
  seal(owner: TokenOwner, tokens: TokenSet): SealedTokens;
  create(owner: TokenOwner, tokens: TokenSet, ttl: number): Promise<SealedTokens>;
  read(owner: TokenOwner): Promise<SealedTokens | undefined>;
  /**
   * Replace what was read before, atomically and only while the session exists and nobody else
   * replaced it meanwhile: a refresh in flight revives no session and overwrites no newer tokens.
   */
  replace(
    owner: TokenOwner,
    previous: SealedTokens,
    next: SealedTokens,
  ): Promise<'replaced' | 'changed' | 'gone'>;
  /** Seal what an old secret sealed with the first one. To be called by the holder of the lease only. */
  sealAgain(owner: TokenOwner): Promise<void>;
  /** Open what was read from the store; `undefined` where there is nothing or it was tampered with. */
  open(sessionId: string, sealed: string | null): SealedTokens | undefined;
}

export function createTokenStore(store: Store, sealer: Sealer): TokenStore {
  const seal = ({ id }: TokenOwner, tokens: TokenSet): SealedTokens => ({
    tokens,
    sealed: sealer.seal(JSON.stringify(tokens), binding(id)),
  });
  const open = (id: string, sealed: string | null): SealedTokens | undefined => {
    const content = sealed === null ? undefined : sealer.open(sealed, binding(id));
    return sealed === null || content === undefined
      ? undefined
      : { tokens: JSON.parse(content), sealed };
  };

  const read = async ({ id, keys }: TokenOwner) => open(id, await store.get(keys.tokens));
  const replace = ({ keys }: TokenOwner, previous: SealedTokens, next: SealedTokens) =>
    store.replace({
      guard: keys.session,
      key: keys.tokens,
      expected: previous.sealed,
      value: next.sealed,
    });

  return {
    open,
    seal,
    read,
    replace,
    async create(owner, tokens, ttl) {
      const entry = seal(owner, tokens);
      await store.set(owner.keys.tokens, entry.sealed, ttl);
      return entry;
    },
    async sealAgain(owner) {
      const stored = await read(owner);
      if (stored === undefined || sealer.isCurrent(stored.sealed)) return;
      await replace(owner, stored, seal(owner, stored.tokens));
    },
  };
}

const binding = (sessionId: string) => ({ context: 'tokens', salt: sessionId });
