/** One way to break the engine: every text is replaced where it stands, once. */
export interface Mutation {
  name: string;
  changes: readonly { file: string; from: string; to: string }[];
}

const LEASE = 'tokens/lease.ts';
const FRESH = 'tokens/fresh-tokens.ts';

/** What the suite must notice. Files are below `packages/express/src`. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'no lease: everybody gets it',
    changes: [
      {
        file: LEASE,
        from: 'if (await store.claim(key, owner, LEASE))',
        to: 'if ((await store.claim(key, owner, LEASE)) || true)',
      },
    ],
  },
  {
    name: 'lease without renewal',
    changes: [{ file: LEASE, from: '}, LEASE / 4);', to: '}, LEASE * 1000);' }],
  },
  {
    name: 'no pause after Redis is back',
    changes: [{ file: LEASE, from: 'const SETTLING = 2000;', to: 'const SETTLING = 0;' }],
  },
  {
    name: 'no fencing: replace() without compare',
    changes: [
      {
        file: 'store/scripts.ts',
        from: "if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'changed' end\n",
        to: '',
      },
      {
        file: 'store/memory.ts',
        from: "if (entry?.value !== expected) return 'changed';",
        to: "if (entry === undefined) return 'changed';",
      },
    ],
  },
  {
    name: 'unconditional save, after a logout too',
    changes: [
      {
        file: 'tokens/token-store.ts',
        from: '    store.replace({\n      guard: keys.session,\n      key: keys.tokens,\n      expected: previous.sealed,\n      value: next.sealed,\n    });',
        to: "    store.set(keys.tokens, next.sealed, previous ? 3_600_000 : 0).then(() => 'replaced' as const);",
      },
    ],
  },
  {
    name: 'no sharing in the process',
    changes: [{ file: FRESH, from: 'if (running !== undefined) return running;', to: '' }],
  },
  {
    name: 'who gets the lease does not read again',
    changes: [
      {
        file: FRESH,
        from: '// Another process may have refreshed between our read and our lease.\n      const stored = await readTokens(tokenStore, session);',
        to: 'const stored = session.tokens ?? (await readTokens(tokenStore, session));',
      },
    ],
  },
  {
    name: 'invalid_grant ends the session without reading again',
    changes: [
      {
        file: 'tokens/refresh.ts',
        from: 'return stored.sealed === sent.sealed ? expired(session, refusal) : stored;',
        to: 'return stored && sent ? expired(session, refusal) : stored;',
      },
    ],
  },
  {
    name: 'tokens that could not be saved are forgotten',
    changes: [
      {
        file: 'tokens/refresh.ts',
        from: 'if (now() >= session.record.absoluteExpiresAt) throw error;',
        to: 'if (now() > 0) throw error;',
      },
    ],
  },
  {
    name: 'a token for one use is not given up before it is sent',
    changes: [
      {
        file: 'tokens/refresh.ts',
        from: 'const kept = oneShot ? await',
        to: 'const kept = oneShot && now() < 0 ? await',
      },
    ],
  },
  {
    name: 'a token for one use that was given up without an answer is not put back',
    changes: [
      {
        file: 'tokens/refresh.ts',
        from: 'onUnsaved(error);\n      await save(session, provider, { previous: kept, next: stored, onUnsaved });',
        to: 'onUnsaved(error);',
      },
    ],
  },
  {
    name: 'a token for one use that is missing ends the session at once',
    changes: [
      {
        file: FRESH,
        from: 'if (isFresh(tokens.tokens, failed) || isLast(tokens.tokens, failed)) return tokens.tokens;',
        to: 'if (isFresh(tokens.tokens, failed) || isLast(tokens.tokens, failed)) return tokens.tokens;\n    if (tokens.tokens.refreshToken === undefined) throw await ended(session, "session_expired");',
      },
    ],
  },
  {
    name: 'a login under way does not ask what was ended meanwhile',
    changes: [
      {
        file: 'session/session.ts',
        from: 'if (!(await endings.since(began, { ...record, replaces })))',
        to: 'if (began)',
      },
    ],
  },
  {
    name: 'SealedStore.set writes again',
    changes: [
      {
        file: 'session/sealed-store.ts',
        from: 'override set(_sessionId: string, _session: SessionData, callback?: (error?: unknown) => void) {\n    callback?.();',
        to: 'override set(id: string, session: SessionData, callback?: (error?: unknown) => void) {\n    this.create(id, session as never).then(() => callback?.(), callback);',
      },
    ],
  },
  {
    name: 'attempts are not claimed',
    changes: [
      {
        file: 'login/attempt.ts',
        from: 'return store.claim(',
        to: 'return true || store.claim(',
      },
    ],
  },
  {
    name: 'a logout forgets the tokens',
    changes: [
      {
        file: 'session/session.ts',
        from: 'await store.delete([keys.session, keys.tokens, keys.lease]);',
        to: 'await store.delete([keys.session]);',
      },
    ],
  },
];
