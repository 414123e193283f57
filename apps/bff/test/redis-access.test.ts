import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CertificateAuthority,
  makeAuthority,
} from '../../../scripts/certificate-authority.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { auditAtTheEnd } from './audit.ts';
import { type BffProcess, startBff, startRefused, startSibling } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { type Clock, makeClock } from './clock.ts';
import { tellRedis } from './faulty-redis.ts';
import { allowing, DATA_COMMANDS, LOGIN_COMMANDS, OPTIONAL_COMMANDS } from './redis-commands.ts';
import { comeBack, signIn, walkToCallback } from './sign-in.ts';
import {
  BACK_WITHIN,
  expectBackInService,
  expectRefused,
  expectSameProcess,
  inTime,
} from './store-trouble.ts';
import { StrictProvider } from './strict-provider.ts';

const [PASSWORD, WRONG, ADMIN] = [canary('SECRET'), canary('SECRET'), canary('SECRET')];

let provider: StrictProvider;
let clock: Clock;
let authority: CertificateAuthority;
let stranger: CertificateAuthority;
let redis: LocalRedis;
let tlsPort: number;
let bff: BffProcess;
const running: BffProcess[] = [];
const admin = (...command: string[]) =>
  tellRedis(`redis://:${ADMIN}@127.0.0.1:${redis.port}`, ...command);

beforeAll(async () => {
  provider = await new StrictProvider().open();
  clock = makeClock();
  [authority, stranger] = [makeAuthority(), makeAuthority()];
  const { cert, key } = authority.sign('localhost');
  tlsPort = await freePort();
  const files = { cert, key, 'ca-cert': authority.file };
  const tls = Object.entries(files).flatMap(([name, file]) => [`--tls-${name}-file`, file]);
  const ours = ['--requirepass', ADMIN, '--tls-port', String(tlsPort), '--tls-auth-clients', 'no'];
  redis = await startLocalRedis({ args: [...ours, ...tls] });
  await admin(
    'ACL',
    'SETUSER',
    'cloakroom',
    'on',
    `>${PASSWORD}`,
    '~cloakroom:*',
    ...allowing(DATA_COMMANDS),
  );
  bff = await startBff({
    provider,
    redisUrl: `rediss://cloakroom:${PASSWORD}@localhost:${tlsPort}`,
    env: { ...clock.env, NODE_EXTRA_CA_CERTS: authority.file, REDIS_PREFIX: 'cloakroom:' },
  });
  running.push(bff);
}, 30_000);

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await redis.stop();
  for (const each of [authority, stranger, clock]) each.remove();
  await provider.close();
});

const sessions = async () => (await admin('KEYS', 'cloakroom:session:*')).split(' ').sort();

let hours = 0;

/** Everything that needs the store, at a server that knows none of our scripts. */
async function everything(): Promise<boolean> {
  await admin('SCRIPT', 'FLUSH');
  const browser = new Browser(bff);
  const before = await sessions();
  const back = await comeBack(browser, await walkToCallback(browser, provider));
  if (back.error !== null) {
    // What of the login was written is taken back; the answer may be faster.
    await expect.poll(sessions, { timeout: BACK_WITHIN }).toEqual(before);
    return false;
  }
  const statuses = [(await browser.call('GET', '/auth/sessions')).status];
  hours += 3;
  clock.ahead(hours * 3600);
  statuses.push((await browser.call('GET', '/api/user/info')).status);
  statuses.push((await browser.call('POST', '/auth/logout')).status);
  statuses.push((await browser.send('GET', '/readyz')).status);
  return statuses.every((status) => status === 200);
}

describe('S126 by TLS, as a user with its own prefix', () => {
  test('and these commands alone: all works', async () => {
    expect(await everything()).toBe(true);
    const denied = [...(await admin('ACL', 'LOG')).matchAll(/ object (\S+)/g)].map(([, it]) => it);
    expect(denied.filter((what) => !OPTIONAL_COMMANDS.includes(what ?? ''))).toEqual([]);
  });

  test.each(LOGIN_COMMANDS)('of which none is too many: %s', async (command) => {
    await admin('ACL', 'SETUSER', 'cloakroom', `-${command}`);
    const said = bff.output().length;
    const works = await everything().finally(() =>
      admin('ACL', 'SETUSER', 'cloakroom', `+${command}`),
    );
    // A logout ends the session even where its entry in the list has to stay.
    const isMissed = () => !works || bff.output().slice(said).includes('"session.entry_left"');
    await expect.poll(isMissed, { timeout: 10_000 }).toBe(true);
    // In a script the command is not named.
    const reason = () => /NOPERM|can't run this command/.test(bff.output().slice(said));
    await expect.poll(reason, { timeout: 10_000 }).toBe(true);
  });
});

test('S126 without a command that is needed later, there is no start', async () => {
  await admin('ACL', 'SETUSER', 'cloakroom', '-incr');
  const { code, output } = await startRefused({ ...bff.env, PORT: String(await freePort()) });
  await admin('ACL', 'SETUSER', 'cloakroom', '+incr');
  expect([code, output.includes('REDIS_URL: ')]).toEqual([78, true]);
});

const eventsOf = ({ output }: BffProcess, event: string) =>
  output()
    .split('\n')
    .filter((line) => line.includes(`"${event}"`))
    .map((line) => JSON.parse(line));

interface Refused {
  name: string;
  env: () => Record<string, string>;
  /** What the log must say, so that somebody knows what to do. */
  says: RegExp;
}

const REFUSED: Refused[] = [
  {
    name: 'its certificate is of an authority that we do not know',
    env: () => ({ NODE_EXTRA_CA_CERTS: stranger.file }),
    says: /certificate/,
  },
  {
    name: 'no authority was named',
    env: () => ({ NODE_EXTRA_CA_CERTS: '' }),
    says: /certificate/,
  },
  {
    name: 'its certificate is of another host',
    env: () => ({ REDIS_URL: `rediss://cloakroom:${PASSWORD}@127.0.0.1:${tlsPort}` }),
    says: /does not match certificate's altnames/,
  },
  {
    name: 'it speaks no TLS',
    env: () => ({ REDIS_URL: `rediss://cloakroom:${PASSWORD}@localhost:${redis.port}` }),
    // It waits for the end of a line that never comes.
    says: /Connection timeout/,
  },
  {
    name: 'the password is wrong',
    env: () => ({ REDIS_URL: `rediss://cloakroom:${WRONG}@localhost:${tlsPort}` }),
    says: /WRONGPASS/,
  },
  {
    name: 'a password is asked for, and none was given',
    env: () => ({ REDIS_URL: `rediss://localhost:${tlsPort}` }),
    says: /NOAUTH/,
  },
];

describe('S126 a Redis that is not as the settings say serves nobody, and the log says why', {
  timeout: 30_000,
}, () => {
  test.concurrent.for(REFUSED)('$name', async ({ env, says }, context) => {
    const member = await signIn(bff, provider);
    const other = await startSibling(bff, provider, env());
    running.push(other);
    const newcomer = new Browser(bff);
    const path = await walkToCallback(newcomer, provider);
    const via = other;
    const [session, info, out, ready, back, health] = await inTime([
      member.call('GET', '/auth/session', { via }),
      member.call('GET', '/api/user/info', { via }),
      member.call('POST', '/auth/logout', { via }),
      member.send('GET', '/readyz', { via }),
      comeBack(newcomer, path, via),
      member.send('GET', '/healthz', { via }),
    ]);
    for (const answer of [session, info, out, ready]) expectRefused(answer);
    expect(back.location).toBe('/?error=session_store_unavailable');
    expect(health.status).toBe(200);
    const reasons = () => eventsOf(other, 'store.lost').map(({ reason }) => reason);
    await context.expect
      .poll(reasons, { timeout: BACK_WITHIN })
      .toEqual([expect.stringMatching(says)]);
    expect((await member.call('GET', '/api/user/info')).status, 'where all is well').toBe(200);
  });
});

test('S126 S120 a password that is changed at Redis first: 503 until it is the same again', async () => {
  const member = await signIn(bff, provider);
  await admin('ACL', 'SETUSER', 'cloakroom', 'resetpass', `>${WRONG}`);
  await admin('CLIENT', 'KILL', 'USER', 'cloakroom');
  const cut = async () => (await member.call('GET', '/api/user/info')).status;
  await expect.poll(cut).toBe(503);
  expectRefused(await member.call('GET', '/api/user/info'));
  await admin('ACL', 'SETUSER', 'cloakroom', `>${PASSWORD}`);
  await expectBackInService({ bff, provider });
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
  expectSameProcess(bff);
});

auditAtTheEnd(() => running);
