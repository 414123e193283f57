import { type Emulator, type PersonaName, startEmulator } from '@cloakroom/emulator';
import { Browser as Person, type Shown } from '../../../packages/emulator/test/browser.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type BffOptions, type BffProcess, startBff, startSibling } from './bff-process.ts';
import type { BrowserAnswer } from './browser-answer.ts';
import { Browser } from './browser-jar.ts';

/** The providers that a browser is sent to, by their ids. */
export const REDIRECTING = ['aihubmix', 'rememberizer', 'afdian', 'flarum', 'oidc'] as const;

/** Who logs in: what the sign-in pages of all providers ask for. */
export const YATING = {
  username: 'yating',
  login: 'yating',
  password: 'moonlight-oolong',
  captcha: 'bicycle',
};
export const WEICHEN = {
  username: 'weichen',
  login: 'weichen@example.com',
  password: 'harbour-bicycle',
  captcha: 'bicycle',
};

/** Every provider of the emulator behind one BFF, as somebody would set it up. */
export interface WholeSite {
  emulator: Emulator;
  bff: BffProcess;
  /** A second process of the same site, with other settings where they are given. */
  sibling(changed?: Record<string, string>): Promise<BffProcess>;
  /** Begin a login, and go through the provider's pages: where the browser is sent back to. */
  walk(browser: Browser, id: string, visit?: Visit): Promise<Shown>;
  /** Log in, all the way; the browser is signed in then. */
  logIn(id: string, visit?: Visit & { browser?: Browser }): Promise<Browser>;
  stop(): Promise<void>;
}

export interface Visit {
  user?: Record<string, string>;
  /** The person's browser at the provider; who comes twice is known there. */
  person?: Person;
}

/** @param env settings on top of those that the providers need */
export async function startWholeSite(
  redisUrl: string,
  env: Record<string, string> = {},
): Promise<WholeSite> {
  const emulator = await startEmulator();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // Its credentials are in the environment, like those of the others.
  const none: BffOptions['provider'] = {
    url: '',
    clientId: '',
    clientSecret: '',
    redirectUris: [],
  };
  const settings = {
    PORT: String(port),
    OAUTH_PROVIDERS: [...REDIRECTING, 'rememberizer-account'].join(','),
    OAUTH_REMEMBERIZER_ACCOUNT_BASE_URL: emulator.personas.rememberizer.baseUrl,
    ...Object.assign({}, ...REDIRECTING.map((id) => settingsOf(emulator, id, origin))),
    ...env,
  };
  const bff = await startBff({ provider: none, redisUrl, env: settings });

  const walk = async (browser: Browser, id: string, { user = YATING, person }: Visit = {}) => {
    const { location } = await browser.open(`/auth/oauth/start?provider=${id}`, {
      from: 'same-origin',
    });
    return passPages(await (person ?? new Person()).open(location), user);
  };
  return {
    emulator,
    bff,
    sibling: (changed) => startSibling(bff, none, changed),
    walk,
    async logIn(id, { browser = new Browser(bff), ...visit } = {}) {
      const answer = await comeBackFrom(browser, await walk(browser, id, visit));
      if (answer.location !== '/?login=success') throw new Error(`${id}: ${answer.location}`);
      return browser;
    },
    async stop() {
      await bff.stop();
      await emulator.close();
    },
  };
}

/** Take the browser from the provider to the callback. */
export function comeBackFrom(browser: Browser, { url }: Shown): Promise<BrowserAnswer> {
  const { pathname, search } = new URL(url);
  return browser.open(pathname + search, { from: 'cross-site' });
}

function settingsOf(emulator: Emulator, id: PersonaName, origin: string): Record<string, string> {
  const { baseUrl, control } = emulator.personas[id];
  const callback = id === REDIRECTING[0] ? '/oauth/callback' : `/oauth/callback/${id}`;
  const app = control.registerApp({
    name: 'Night Library',
    redirectUri: origin + callback,
    ...(id === 'oidc' && {
      postLogoutRedirectUri: `${origin}/`,
      backchannelLogoutUri: `${origin}/oauth/backchannel-logout/oidc`,
    }),
  });
  const name = id.toUpperCase();
  return {
    [`OAUTH_${name}_BASE_URL`]: baseUrl,
    [`OAUTH_${name}_CLIENT_ID`]: app.clientId,
    [`OAUTH_${name}_CLIENT_SECRET`]: app.clientSecret,
  };
}

/** Sign in where that is asked for, and agree. */
async function passPages(first: Shown, user: Record<string, string>): Promise<Shown> {
  let page = first;
  for (const button of ['Sign in', 'Log In', 'Allow', 'Agree']) {
    if (!new RegExp(`<button[^>]*>${button}<`).test(page.html)) continue;
    const [, memento = ''] = /name="memento" value="([^"]*)"/.exec(page.html) ?? [];
    const choice = button === 'Allow' ? { memento, memory: 'on' } : {};
    page = await page.submit(button, button.endsWith('n') ? user : choice);
  }
  return page;
}
