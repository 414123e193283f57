import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionUser } from '@cloakroom/contract/session';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { TokenSet } from '../tokens/token-set.ts';
import type { SealedTokens, TokenOwner, TokenStore } from '../tokens/token-store.ts';
import { deviceName } from './device-name.ts';
import type { Beginning, Ended, Endings } from './endings.ts';
import type { SessionOwner } from './owner-names.ts';
import type { SealedStore } from './sealed-store.ts';
import type { ListedSession, SessionIndex } from './session-index.ts';
import { keysOfHash, sessionKeys } from './session-keys.ts';
import type { SessionRecord } from './session-record.ts';
import { createTouch, type Touch } from './touch.ts';

/** A session as one request sees it. */
export interface OpenSession extends TokenOwner {
  readonly record: SessionRecord;
  readonly idleExpiresAt: number;
  /** Whether the first secret sealed all of it. */
  readonly isCurrent: boolean;
  /** As read with the session, or as refreshed during this request. */
  tokens: SealedTokens | undefined;
}

/** The only writers of sessions. */
export interface Sessions {
  /** The session of a request whose cookie was read, if it has one. */
  current(req: Request): OpenSession | undefined;
  /**
   * Open a session for somebody who has just logged in; its cookie leaves with the response.
   * @returns `ended` where somebody ordered meanwhile to end what the login makes
   */
  open(req: Request, login: Login): Promise<OpenSession | 'ended'>;
  /** Close a session that is over: what holds it, its tokens and the right to refresh go in one command. */
  close(session: OpenSession): Promise<void>;
  /** The sessions of the same user, this one among them. */
  list(session: OpenSession): Promise<ListedSession[]>;
  /** End the session of a handle because somebody ordered that, also against a login that is under way. */
  end(handle: string, of: SessionOwner): Promise<void>;
  /**
   * End the sessions of a user, or those that belong to one session at the provider, in the same way.
   * @param but the session that is left
   * @returns how many
   */
  endAll(of: SessionOwner, but?: OpenSession): Promise<number>;
  touch: Touch;
}

export interface Login {
  provider: string;
  user: SessionUser;
  userInfo?: Record<string, unknown> | undefined;
  sid?: string | undefined;
  /** Absent where the provider has none. */
  tokens?: TokenSet | undefined;
  /** Hash of the session that this browser had before: it ends. */
  replaces?: string | undefined;
  /** When the login came back from the provider, or was sent: what is ordered later concerns it. */
  began: Beginning;
}

export interface SessionsOptions {
  store: Store;
  sealedStore: SealedStore;
  index: SessionIndex;
  endings: Endings;
  tokens: TokenStore;
  /** Whether a provider is on offer still: a session of another one has ended. */
  offers: (provider: string) => boolean;
  prefix: string;
  idleTtl: number;
  absoluteTtl: number;
  now: () => number;
  log: Log;
}

/** Milliseconds between two tries to take back what was written in part. */
const TAKE_BACK_AGAIN = 1000;

export function createSessions(options: SessionsOptions): Sessions {
  const { store, sealedStore, index, endings, tokens } = options;
  const { offers, prefix, idleTtl, absoluteTtl, now, log } = options;

  return {
    current(req) {
      const { record } = req.session;
      const loaded = req.session.loaded?.();
      if (record === undefined || loaded === undefined || !offers(record.provider))
        return undefined;
      return {
        id: req.sessionID,
        keys: sessionKeys(prefix, req.sessionID),
        record,
        tokens: loaded.tokens,
        isCurrent: loaded.isCurrent,
        idleExpiresAt: now() + loaded.idleRemaining,
      };
    },

    async open(req, login) {
      const record: SessionRecord = {
        provider: login.provider,
        user: login.user,
        ...(login.userInfo !== undefined && { userInfo: login.userInfo }),
        ...(login.sid !== undefined && { sid: login.sid }),
        createdAt: now(),
        absoluteExpiresAt: now() + absoluteTtl,
        idleTtl: Math.min(idleTtl, absoluteTtl),
        device: deviceName(req.get('User-Agent')),
      };
      const owner = { id: req.sessionID, keys: sessionKeys(prefix, req.sessionID) };
      const written = await write(owner, login, { cookie: req.session.cookie, record });
      if (written === 'ended') return written;
      // Only now: what express-session finds changed gets a cookie, and a failed write must not.
      req.session.record = record;
      if (login.replaces !== undefined) {
        await deleteKeys(login.replaces).catch((err) =>
          log.warn({ event: 'session.replaced_not_ended', session: login.replaces, err }),
        );
      }
      const idleExpiresAt = now() + record.idleTtl;
      return { ...owner, ...written, record, idleExpiresAt, isCurrent: true };
    },

    close: ({ record, keys }) => remove(keys.hash, record),
    list: ({ record }) => index.list(record),

    async end(handle, of) {
      await note({ session: handle });
      await remove(handle, of);
    },

    async endAll(of, but) {
      await note(of);
      const found = await index.find(of);
      const handles = found.filter((handle) => handle !== but?.keys.hash);
      await Promise.all(handles.map((handle) => remove(handle, of)));
      return handles.length;
    },

    touch: createTouch({ store, index, now, log }),
  };

  /** A store that is full takes no order, but no login either; and it still deletes. */
  async function note(ended: Ended): Promise<void> {
    await endings.note(ended).catch((err) => log.warn({ event: 'session.ending_not_noted', err }));
  }

  /** Write all of a session, or none of it. */
  async function write(
    owner: TokenOwner,
    { tokens: tokenSet, replaces, began }: Login,
    session: SessionData & { record: SessionRecord },
  ): Promise<Pick<OpenSession, 'tokens'> | 'ended'> {
    const { record } = session;
    const { hash } = owner.keys;
    try {
      const [sealedTokens] = await Promise.all([
        tokenSet && tokens.create(owner, tokenSet, record.idleTtl),
        sealedStore.create(owner.id, session),
      ]);
      // After the session: an entry without one is forgotten by whoever lists.
      for (const oldest of await index.add(record, hash)) await remove(oldest, record);
      if (!(await endings.since(began, { ...record, replaces }))) return { tokens: sealedTokens };
      await remove(hash, record);
      return 'ended';
    } catch (error) {
      void takeBack(hash);
      throw error;
    }
  }

  /** What a store that is away may have written all the same: nobody has its cookie. */
  async function takeBack(hash: string): Promise<void> {
    for (const until = now() + idleTtl; now() < until; ) {
      const isGone = await deleteKeys(hash).then(
        () => true,
        () => false,
      );
      if (isGone) return;
      await sleep(TAKE_BACK_AGAIN, undefined, { ref: false });
    }
  }

  async function remove(hash: string, of: SessionOwner): Promise<void> {
    // In this order: an entry without a session heals itself, a session without an entry is out of
    // reach for everybody but its own browser.
    await deleteKeys(hash);
    await index
      .remove(of, hash)
      .catch((err) => log.warn({ event: 'session.entry_left', session: hash, err }));
  }

  async function deleteKeys(hash: string): Promise<void> {
    const keys = keysOfHash(prefix, hash);
    await store.delete([keys.session, keys.tokens, keys.lease]);
  }
}
