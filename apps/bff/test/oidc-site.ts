import { inject } from 'vitest';
import { type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';
import type { AtIssuer, HostileIssuer } from './hostile-issuer.ts';
import { type RedisView, viewRedis } from './redis-keys.ts';
import { comeBack } from './sign-in.ts';

/** A BFF with several issuers, each a provider of its own: what one issuer does stays with it. */
export interface OidcSite<Id extends string> {
  bff: BffProcess;
  redis: RedisView;
  issuers: Record<Id, HostileIssuer>;
  start(browser: Browser, id: Id): Promise<BrowserAnswer>;
  /** Begin a login and sign in at the issuer: the path of the callback comes back. */
  walk(browser: Browser, id: Id, at?: AtIssuer): Promise<string>;
  /** Log in, all the way; a new browser where none is given. */
  logIn(id: Id, at?: AtIssuer & { browser?: Browser }): Promise<Browser>;
  /** A second process of the same site, with other settings where they are given. */
  sibling(changed?: Record<string, string>): Promise<BffProcess>;
  stop(): Promise<void>;
}

/** The credentials of each provider are in the environment. */
const NONE = { url: '', clientId: '', clientSecret: '', redirectUris: [] as string[] };

/**
 * Open the issuers, and start a BFF where each is a provider under its name.
 * @param env settings on top; those of a provider are named as the contract has it
 */
export async function startOidcSite<Id extends string>(
  issuers: Record<Id, HostileIssuer>,
  env: Record<string, string> = {},
  redisUrl: string = inject('redisUrl'),
): Promise<OidcSite<Id>> {
  const ids = Object.keys(issuers) as Id[];
  await Promise.all(ids.map((id) => issuers[id].open()));
  const settings = Object.assign({}, ...ids.map((id) => settingsOf(id, issuers[id])));
  const bff = await startBff({
    provider: NONE,
    redisUrl,
    env: { OAUTH_PROVIDERS: ids.join(','), ...settings, ...env },
  });
  ids.forEach((id, index) => {
    issuers[id].redirectUri = `${bff.origin}/oauth/callback${index === 0 ? '' : `/${id}`}`;
  });
  const redis = await viewRedis(redisUrl, bff.prefix);

  const start = (browser: Browser, id: Id) =>
    browser.open(`/auth/oauth/start?provider=${id}`, { from: 'same-origin' });
  const walk = async (browser: Browser, id: Id, at: AtIssuer = {}) => {
    const { pathname, search } = issuers[id].authorize((await start(browser, id)).location, at);
    return pathname + search;
  };
  return {
    bff,
    redis,
    issuers,
    start,
    walk,
    async logIn(id, { browser = new Browser(bff), ...at } = {}) {
      const back = await comeBack(browser, await walk(browser, id, at));
      if (back.location !== '/?login=success') throw new Error(`${id}: ${back.location}`);
      return browser;
    },
    sibling: (changed) => startSibling(bff, NONE, changed),
    async stop() {
      await bff.stop();
      redis.close();
      await Promise.all(ids.map((id) => issuers[id].close()));
    },
  };
}

function settingsOf(id: string, issuer: HostileIssuer): Record<string, string> {
  const name = `OAUTH_${id.toUpperCase().replaceAll('-', '_')}_`;
  return {
    [`${name}PROFILE`]: 'oidc',
    [`${name}BASE_URL`]: issuer.url,
    [`${name}CLIENT_ID`]: issuer.clientId,
    [`${name}CLIENT_SECRET`]: issuer.authMethod === 'private_key_jwt' ? '' : issuer.clientSecret,
  };
}
