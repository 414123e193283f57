// @vitest-environment happy-dom
import { PATHS } from '@cloakroom/contract/paths';
import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  useCheckSession,
  usePasswordSignIn,
  usePasswordSignUp,
  useVerifyEmail,
} from '../src/react.ts';
import { FakeBff, held, json, problem, sessionOf } from './fake-bff.ts';
import { openHook } from './open-hook.tsx';
import { untilStatus } from './page.tsx';

const ANN = { login: 'ann', password: 'correct horse', captcha: 'token' };
const NEW = { email: 'ann@example.com', password: 'correct horse', name: 'Ann', captcha: 'token' };
const SIGN_IN = `${PATHS.passwordSignIn}?provider=acme`;

let bff: FakeBff;
let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  bff = new FakeBff();
  sessionStorage.clear();
  heard = [];
  otherTab = new BroadcastChannel('cloakroom-session');
  otherTab.onmessage = ({ data }) => heard.push(data);
});

afterEach(() => {
  cleanup();
  otherTab.close();
});

async function signedOutPage() {
  const page = openHook(bff, () => ({
    way: usePasswordSignIn('acme'),
    check: useCheckSession(),
  }));
  await untilStatus(page, 'signedOut');
  return page;
}

describe('signing in with a password', () => {
  test('that is right signs this page in, and tells the other tabs', async () => {
    const page = await signedOutPage();
    bff.answers[SIGN_IN] = json(sessionOf('ann'));
    await act(async () => expect(await page.now().way.signIn(ANN)).toEqual({ ok: true }));
    expect(page.now().session).toMatchObject({
      status: 'signedIn',
      session: { user: { id: 'ann' } },
    });
    expect(bff.calls.at(-1)).toMatchObject({ path: SIGN_IN, method: 'POST', body: ANN });
    expect(bff.calls.at(-1)?.headers.get('X-CSRF')).toBe('1');
    await waitFor(() => expect(heard).toEqual(['signedIn']));
  });

  test('at the only provider names none', async () => {
    const page = openHook(bff, () => ({ way: usePasswordSignIn() }));
    bff.answers[PATHS.passwordSignIn] = json(sessionOf('ann'));
    await act(() => page.now().way.signIn(ANN));
    expect(page.now().session.status).toBe('signedIn');
  });

  test('that is wrong is told, and is no end of a session', async () => {
    const page = await signedOutPage();
    bff.answers[SIGN_IN] = problem('invalid_credentials');
    await act(async () => expect(await page.now().way.signIn(ANN)).toEqual({ ok: false }));
    expect(page.now().way.error?.code).toBe('invalid_credentials');
    expect(page.now().session).toEqual({ status: 'signedOut' });
    expect(heard).toEqual([]);
  });

  test('too often: how long to wait comes along', async () => {
    const page = await signedOutPage();
    bff.answers[SIGN_IN] = problem('rate_limited', { 'Retry-After': '42' });
    await act(() => page.now().way.signIn(ANN));
    expect(page.now().way.error).toMatchObject({ code: 'rate_limited', retryAfter: 42 });
  });

  test('twice at once sends it once', async () => {
    const page = await signedOutPage();
    const slow = held(json(sessionOf('ann')));
    bff.answers[SIGN_IN] = slow.answer;
    const { signIn } = page.now().way;
    const first = signIn(ANN);
    expect(await signIn(ANN)).toEqual({ ok: false });
    await waitFor(() => expect(page.now().way.isPending).toBe(true));
    expect(await page.now().way.signIn(ANN)).toEqual({ ok: false });
    slow.release();
    await act(() => first);
    expect(bff.timesAsked(SIGN_IN)).toBe(1);
    expect(page.now().way.isPending).toBe(false);
  });

  test('again after a failure forgets that failure', async () => {
    const page = await signedOutPage();
    bff.answers[SIGN_IN] = problem('provider_timeout');
    await act(() => page.now().way.signIn(ANN));
    bff.answers[SIGN_IN] = json(sessionOf('ann'));
    await act(() => page.now().way.signIn(ANN));
    expect(page.now().way.error).toBeUndefined();
    expect(page.now().session.status).toBe('signedIn');
  });

  test('is not undone by a check that was answered before', async () => {
    const page = await signedOutPage();
    const late = held(json({ authenticated: false }));
    bff.answers[PATHS.session] = late.answer;
    bff.answers[SIGN_IN] = json(sessionOf('ann'));
    const checking = page.now().check();
    await act(() => page.now().way.signIn(ANN));
    late.release();
    await act(() => checking);
    expect(page.now().session.status).toBe('signedIn');
  });
});

describe('signing up', () => {
  function page() {
    return openHook(bff, () => ({ way: usePasswordSignUp('acme') }));
  }
  const path = `${PATHS.passwordSignUp}?provider=acme`;

  test('leaves somebody signed out where the provider wants a sign-in next', async () => {
    bff.answers[path] = () => Response.json({ authenticated: false }, { status: 201 });
    const { now } = page();
    await act(async () => expect(await now().way.signUp(NEW)).toEqual({ ok: true }));
    await untilStatus({ now }, 'signedOut');
    expect(bff.calls.find((call) => call.path === path)).toMatchObject({ body: NEW });
    expect(heard).toEqual([]);
  });

  test('signs in where the provider does so at once', async () => {
    bff.answers[path] = () => Response.json(sessionOf('ann'), { status: 201 });
    const { now } = page();
    await act(() => now().way.signUp(NEW));
    expect(now().session.status).toBe('signedIn');
  });

  test('that the provider refuses is told', async () => {
    bff.answers[path] = problem('provider_rejected');
    const { now } = page();
    await act(() => now().way.signUp(NEW));
    expect(now().way.error?.code).toBe('provider_rejected');
  });
});

describe('proving an e-mail address', () => {
  async function signedInPage() {
    bff.signIn('ann');
    const page = openHook(bff, () => ({ way: useVerifyEmail() }));
    await untilStatus(page, 'signedIn');
    return page;
  }

  test('sends the code', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.verifyEmail] = json(sessionOf('ann'));
    await act(async () => expect(await page.now().way.verifyEmail('123456')).toEqual({ ok: true }));
    const body = { verification_code: '123456' };
    expect(bff.calls.at(-1)).toMatchObject({ path: PATHS.verifyEmail, method: 'POST', body });
  });

  test('with a wrong one fails, and ends nothing', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.verifyEmail] = problem('provider_rejected');
    await act(() => page.now().way.verifyEmail('000000'));
    expect(page.now().way.error?.code).toBe('provider_rejected');
    expect(page.now().session.status).toBe('signedIn');
  });

  test('at a session that has ended meanwhile says so', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.verifyEmail] = problem('session_expired');
    await act(() => page.now().way.verifyEmail('123456'));
    expect(page.now().session.status).toBe('expired');
  });
});
