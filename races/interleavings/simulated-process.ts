import { aihubmix } from '@cloakroom/profiles/aihubmix';
import type { RefreshPolicy } from '@cloakroom/profiles/provider-profile';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { pino } from 'pino';
import { redirectProvider } from '../../packages/express/src/oauth/redirect-provider.ts';
import { createProviderApi } from '../../packages/express/src/proxy/provider-api.ts';
import { createEndings } from '../../packages/express/src/session/endings.ts';
import { createOwnerNames } from '../../packages/express/src/session/owner-names.ts';
import type { Sealer } from '../../packages/express/src/session/seal.ts';
import { SealedStore } from '../../packages/express/src/session/sealed-store.ts';
import { createSessions, type OpenSession } from '../../packages/express/src/session/session.ts';
import { createSessionIndex } from '../../packages/express/src/session/session-index.ts';
import type { Store } from '../../packages/express/src/store/store.ts';
import { createFreshTokens } from '../../packages/express/src/tokens/fresh-tokens.ts';
import type { TokenSet } from '../../packages/express/src/tokens/token-set.ts';
import { createTokenStore } from '../../packages/express/src/tokens/token-store.ts';
import { type OneUseProvider, PROVIDER_TIMEOUT } from './one-use-provider.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The engine of one process, without its HTTP: what its routes do, as functions. */
export interface SimulatedProcess {
  /** @param login.onTaken called once its attempt is taken: what is ordered from then on concerns it */
  login(id: string, login: { user: number; tokens: TokenSet; onTaken: () => void }): Promise<void>;
  /** `GET /api/user/info`. @returns the id of the user that is shown */
  use(id: string): Promise<unknown>;
  /** `GET /auth/sessions`. @returns the handles */
  list(id: string): Promise<string[]>;
  logout(id: string): Promise<void>;
  logoutAll(id: string): Promise<void>;
  /** `DELETE /auth/sessions/<handle>` by the session `id`. @returns whether it is in the list */
  endOther(id: string, handle: string): Promise<boolean>;
}

/** There is no session of this ticket. */
export class NotSignedIn extends Error {}

const HOUR = 3_600_000;
const log = pino({ level: 'silent' });

export function simulatedProcess(
  name: string,
  {
    store,
    time,
    provider: remote,
    policy,
  }: { store: Store; time: VirtualTime; provider: OneUseProvider; policy: RefreshPolicy },
): SimulatedProcess {
  const { now } = time;
  const sealer = plainSealer(name);
  const tokens = createTokenStore(store, sealer);
  const shared = { store, prefix: '', now, log };
  const sealedStore = new SealedStore({ ...shared, sealer, tokens });
  const lives = { idleTtl: HOUR, absoluteTtl: 24 * HOUR };
  const ownerNames = createOwnerNames(['secret']);
  const index = createSessionIndex({ ...shared, ...lives, sealer, ownerNames });
  const endings = createEndings({ ...shared, ownerNames });
  const kept = { sealedStore, index, endings, tokens, offers: () => true };
  const sessions = createSessions({ ...shared, ...lives, ...kept });
  const { freshTokens } = createFreshTokens({
    store,
    tokenStore: tokens,
    sessions,
    providerTimeout: PROVIDER_TIMEOUT,
    now,
    log,
  });
  const client = remote.client(name);
  const callProvider = createProviderApi({ client, freshTokens, sessions, log });
  const provider = redirectProvider(
    { ...SETTINGS, profile: { ...aihubmix, refresh: policy } },
    { client, now },
  );

  const read = (id: string) =>
    new Promise<SessionData | null | undefined>((resolve, reject) =>
      sealedStore.get(id, (error, stored) => (error ? reject(error) : resolve(stored))),
    );
  const opened = (id: string, stored: SessionData | null | undefined): OpenSession => {
    const session = sessions.current(request(id, stored ?? {}));
    if (session === undefined) throw new NotSignedIn();
    return session;
  };
  const load = async (id: string) => opened(id, await read(id));

  return {
    async login(id, { user, onTaken, ...login }) {
      const began = { key: `attempt:${id}`, life: HOUR };
      await store.claim(began.key, 'taken', began.life);
      onTaken();
      const session = await sessions.open(request(id, { cookie: {} }), {
        provider: provider.id,
        user: { id: user },
        began,
        ...login,
      });
      if (session === 'ended') throw new NotSignedIn();
    },
    async use(id) {
      const stored = await read(id);
      const session = opened(id, stored);
      sessions.touch(session);
      try {
        const call = { url: provider.url('/user'), method: 'GET' } as const;
        return (await callProvider(session, provider, call)).json?.id;
      } finally {
        // What express-session does at the end of a request in which somebody changed the session.
        if (stored) await new Promise((resolve) => sealedStore.set(id, stored, resolve));
      }
    },
    async list(id) {
      return (await sessions.list(await load(id))).map(({ handle }) => handle);
    },
    async logout(id) {
      const { keys, record } = await load(id);
      await sessions.end(keys.hash, record);
    },
    async logoutAll(id) {
      const session = await load(id);
      const { user } = session.record;
      await sessions.endAll({ provider: provider.id, user }, session);
      await sessions.end(session.keys.hash, session.record);
    },
    async endOther(id, handle) {
      const session = await load(id);
      const list = await sessions.list(session);
      if (!list.some((one) => one.handle === handle)) return false;
      await sessions.end(handle, session.record);
      return true;
    },
  };
}

const SETTINGS = {
  id: 'test',
  name: 'Test',
  clientId: 'client',
  clientSecret: 'secret',
  baseUrl: 'https://provider.example',
  redirectUri: 'https://app.example/oauth/callback',
  callbackPath: '/oauth/callback',
  scope: 'profile',
  pkce: 'off' as const,
  logoutHint: true,
  trustedAudiences: [],
};

function request(sessionID: string, session: object): Request {
  return { sessionID, session, get: () => undefined } as unknown as Request;
}

/** Seals nothing, which is quick, and gives every text a number, so that no two are the same. */
function plainSealer(process: string): Sealer {
  let count = 0;
  const head = ({ context, salt }: { context: string; salt: string }) => `${context} ${salt} `;
  return {
    seal(plaintext, binding) {
      count += 1;
      return `${head(binding)}${process}.${count} ${plaintext}`;
    },
    open(sealed, binding) {
      if (!sealed.startsWith(head(binding))) return undefined;
      return sealed.slice(head(binding).length).replace(/^\S+ /, '');
    },
    isCurrent: () => true,
  };
}
