import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { halfSessions, link, redis, runFaultySite, site } from './faulty-site.ts';
import { gatherPeople, type People } from './people.ts';
import { signIn } from './sign-in.ts';
import {
  expectBackInService,
  expectSameProcess,
  expectTroubleAnswers,
  type StillWorks,
} from './store-trouble.ts';

runFaultySite();

interface Fault {
  name: string;
  strike: () => unknown;
  /** Begin to mend; how long that takes is Redis's affair. */
  heal: () => unknown;
  still: StillWorks;
  forgets?: boolean;
  /** What the log must say, so that somebody knows what to do. */
  says: RegExp;
}

const NOTHING: StillWorks = { reads: false, deletes: false };

const FAULTS: Fault[] = [
  {
    name: 'its memory is full and it evicts nothing',
    strike: () => redis.tell('CONFIG', 'SET', 'maxmemory', '1'),
    heal: () => redis.tell('CONFIG', 'SET', 'maxmemory', '0'),
    still: { reads: true, deletes: true },
    says: /OOM command not allowed/,
  },
  {
    name: 'it becomes a read-only replica',
    strike: () => redis.tell('REPLICAOF', '127.0.0.1', '1'),
    heal: () => redis.tell('REPLICAOF', 'NO', 'ONE'),
    still: { reads: true, deletes: false },
    says: /READONLY/,
  },
  {
    name: 'it is killed, and comes back with its data',
    strike: () => redis.kill(),
    heal: () => redis.restart(),
    still: NOTHING,
    says: /store\.lost/,
  },
  {
    name: 'it is killed, and comes back without its data',
    strike: () => redis.kill(),
    heal: () => redis.restartEmpty(),
    still: NOTHING,
    forgets: true,
    says: /store\.lost/,
  },
  {
    name: 'it stands still (SIGSTOP)',
    strike: () => redis.freeze(),
    heal: () => redis.thaw(),
    still: NOTHING,
    says: /The session store does not answer/,
  },
  {
    name: 'it is back, and still loads its data',
    strike: loadSlowly,
    heal: loadOn,
    still: NOTHING,
    says: /LOADING/,
  },
  {
    name: 'a script keeps it busy',
    strike: keepBusy,
    heal: () => redis.tell('SCRIPT', 'KILL'),
    still: NOTHING,
    says: /BUSY Redis is busy/,
  },
  {
    name: 'every packet takes ten seconds',
    strike: () => link.delay(5000),
    heal: () => link.mend(),
    still: NOTHING,
    says: /The session store does not answer/,
  },
  {
    name: 'the network swallows everything, and the old connections for ever',
    strike: () => link.swallow(),
    heal: () => link.mend(),
    still: NOTHING,
    says: /The session store does not answer/,
  },
];

let loading: Promise<void>;

/** Kill it and start it on so many keys, read so slowly, that it says LOADING until it may go on. */
async function loadSlowly(): Promise<void> {
  const fill = "for i=1,20000 do redis.call('SET', 'filler:'..i, 'x', 'EX', 120) end";
  await redis.tell('EVAL', fill, '0');
  await redis.kill();
  loading = redis.restart('--key-load-delay', '500');
  while (!(await saysInstead('LOADING'))) await delay(20);
}

async function loadOn(): Promise<void> {
  await redis.tell('CONFIG', 'SET', 'key-load-delay', '0');
  await loading;
}

/** Keep it busy with a script that never ends; it says so after a moment. */
async function keepBusy(): Promise<void> {
  await redis.tell('CONFIG', 'SET', 'busy-reply-threshold', '50');
  redis.tell('EVAL', 'while true do end', '0').catch(() => {});
  while (!(await saysInstead('BUSY'))) await delay(20);
}

const saysInstead = (code: string) =>
  redis.tell('PING').then(
    () => false,
    (error: Error) => error.message.startsWith(code),
  );

describe('S120 while Redis is in trouble the contract holds, and afterwards all works again', () => {
  test.each(FAULTS)('S120 $name', { timeout: 60_000 }, async (fault) => {
    const people = await gatherPeople(site);
    const said = site.bff.output().length;
    await fault.strike();
    const { loggedOut } = await expectTroubleAnswers(site, people, fault.still).finally(fault.heal);
    await redis.untilAnswering();
    await expectBackInService(site);
    expectSameProcess(site.bff);
    const log = site.bff.output().slice(said);
    expect(fault.says.test(log), `the log says ${fault.says}`).toBe(true);
    if (fault.forgets) await expectSignedOut(people);
    else await expectNothingLost(people, { loggedOut });
    expect(await halfSessions(), 'half sessions').toEqual([]);
  });
});

async function expectNothingLost(people: People, { loggedOut }: { loggedOut: boolean }) {
  const { provider } = site;
  const { member, late, leaver } = people;
  const refreshes = provider.count('token', 'refresh_token');
  for (const each of [member, late]) {
    const info = await each.call('GET', '/api/user/info');
    expect(info.status, info.summary).toBe(200);
  }
  expect(provider.count('token', 'refresh_token')).toBe(refreshes + 1);
  expect(provider.tokens.reuses).toBe(0);
  const thief = leaver.clone();
  if (!loggedOut) {
    expect((await leaver.call('GET', '/api/user/info')).status).toBe(200);
    expect((await leaver.call('POST', '/auth/logout')).status).toBe(200);
  }
  expect((await thief.call('GET', '/api/user/info')).status).toBe(401);
}

/** Whom the store has forgotten is told so, and can sign in again. */
async function expectSignedOut({ member, late, leaver }: People): Promise<void> {
  for (const each of [member, late, leaver]) {
    const info = await each.call('GET', '/api/user/info');
    expect([info.status, info.error], info.summary).toEqual([401, 'not_authenticated']);
    expect((await each.call('GET', '/auth/session')).json).toEqual({ authenticated: false });
  }
  expect((await leaver.call('POST', '/auth/logout')).status).toBe(200);
  await signIn(site.bff, site.provider, { browser: member });
  expect((await member.call('GET', '/api/user/info')).status).toBe(200);
}

auditAtTheEnd(() => [site.bff]);
