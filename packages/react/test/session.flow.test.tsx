// @vitest-environment happy-dom
import { PATHS } from '@cloakroom/contract/paths';
import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useSessionClient } from '../src/session-provider.tsx';
import { useUserInfo } from '../src/use-user-info.ts';
import { FakeBff, held, json, noAnswer, problem, sessionOf } from './fake-bff.ts';
import { openHook } from './open-hook.tsx';
import { loginAddress, openPage, textOfPage, untilStatus } from './page.tsx';

let bff: FakeBff;

beforeEach(() => {
  bff = new FakeBff();
  sessionStorage.clear();
});

afterEach(cleanup);

function lifecycle(type: 'pagehide' | 'pageshow'): void {
  const event = new Event(type);
  Object.defineProperty(event, 'persisted', { value: true });
  act(() => void window.dispatchEvent(event));
}

describe('on arrival', () => {
  test('nobody: checking, then signed out', async () => {
    const page = openPage(bff);
    expect(page.now().session.status).toBe('checking');
    await untilStatus(page, 'signedOut');
    expect(bff.timesAsked(PATHS.userInfo)).toBe(0);
  });

  test('somebody: one check, although StrictMode mounts twice, and every call carries X-CSRF', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await waitFor(() => expect(page.now().user.user?.username).toBe('ann'));
    expect(bff.timesAsked(PATHS.session)).toBe(1);
    expect(bff.timesAsked(PATHS.userInfo)).toBe(1);
    expect(bff.calls.every(({ headers }) => headers.get('X-CSRF') === '1')).toBe(true);
  });

  test('a login that worked is told, and leaves the address bar', async () => {
    bff.signIn('ann');
    const page = openPage(bff, '/files?x=1&login=success#top');
    await untilStatus(page, 'signedIn');
    expect(page.now().session).toMatchObject({ login: 'success' });
    expect(location.href).toMatch(/\/files\?x=1#top$/);
  });

  test('a login that failed is told to somebody who is signed out', async () => {
    const page = openPage(bff, '/?error=access_denied');
    await untilStatus(page, 'signedOut');
    expect(page.now().session).toMatchObject({ loginError: 'access_denied' });
    expect(location.search).toBe('');
  });

  test('a login that failed is not told to somebody who is signed in', async () => {
    bff.signIn('ann');
    const page = openPage(bff, '/?error=invalid_state');
    await untilStatus(page, 'signedIn');
    expect(page.now().session).not.toHaveProperty('loginError');
    expect(location.search).toBe('');
  });

  test('a made-up error is shown as unknown', async () => {
    const page = openPage(bff, '/?error=<b>hello</b>');
    await untilStatus(page, 'signedOut');
    expect(page.now().session).toMatchObject({ loginError: 'unknown' });
    expect(textOfPage()).not.toContain('hello');
  });
});

describe('when the session ends', () => {
  test.each(['session_expired', 'not_authenticated'] as const)(
    '%s on a call: expired, and the details are gone',
    async (code) => {
      bff.signIn('ann');
      const page = openPage(bff);
      await waitFor(() => expect(page.now().user.user).toBeDefined());
      bff.answers[PATHS.userInfo] = problem(code);
      await act(() => page.now().user.refresh());
      expect(page.now().session).toMatchObject({ status: 'expired' });
      expect(textOfPage()).not.toContain('750.00');
    },
  );

  test('on another device: the next look at the page finds it', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await untilStatus(page, 'signedIn');
    bff.signOut();
    await pause(1100);
    act(() => {
      window.dispatchEvent(new Event('focus'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await untilStatus(page, 'expired');
    expect(bff.timesAsked(PATHS.session)).toBe(2);
  });

  test('a 401 that answers a call of the session before does not end the next one', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await waitFor(() => expect(page.now().user.user).toBeDefined());
    const late = held(problem('session_expired'));
    bff.answers[PATHS.userInfo] = late.answer;
    const refreshing = page.now().user.refresh();
    bff.answers[PATHS.session] = json(sessionOf('bob', Date.now() + 5000));
    bff.answers[PATHS.userInfo] = json({ id: 'bob', username: 'bob' });
    new BroadcastChannel('cloakroom-session').postMessage('signedIn');
    await waitFor(() => expect(page.now().user.user?.username).toBe('bob'));
    late.release();
    await act(() => refreshing);
    expect(page.now().session).toMatchObject({
      status: 'signedIn',
      session: { user: { id: 'bob' } },
    });
  });
});

test('where somebody else takes over, nothing of whoever was here before is kept', async () => {
  bff.signIn('ann');
  const { now } = openHook(bff, () => ({ client: useSessionClient(), info: useUserInfo() }));
  await waitFor(() => expect(now().info.user?.username).toBe('ann'));
  bff.answers[PATHS.session] = json(sessionOf('bob', Date.now() + 5000));
  bff.answers[PATHS.userInfo] = json({ id: 'bob', username: 'bob' });
  await act(() => now().client.check());
  await waitFor(() => expect(now().info.user?.username).toBe('bob'));
  const kept = now().client.queries.getQueryCache().getAll();
  expect(JSON.stringify(kept.map(({ state }) => state.data))).not.toContain('ann');
});

describe('what is no logout', () => {
  test('the store down on arrival: unavailable, till it is back', async () => {
    bff.answers[PATHS.session] = problem('session_store_unavailable', { 'Retry-After': '1' });
    const page = openPage(bff);
    await untilStatus(page, 'unavailable');
    expect(page.now().session).toMatchObject({ cause: 'store' });
    bff.signIn('ann');
    await waitFor(() => expect(page.now().session.status).toBe('signedIn'), { timeout: 3000 });
  });

  test('the BFF unreachable on arrival', async () => {
    bff.answers[PATHS.session] = noAnswer;
    const page = openPage(bff);
    await untilStatus(page, 'unavailable');
    expect(page.now().session).toMatchObject({ cause: 'server' });
  });

  test('the store down on a call: signed in still, marked, with what was known', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await waitFor(() => expect(page.now().user.user).toBeDefined());
    bff.answers[PATHS.userInfo] = problem('session_store_unavailable', { 'Retry-After': '60' });
    await act(() => page.now().user.refresh());
    expect(page.now().session).toMatchObject({ status: 'signedIn', outage: { cause: 'store' } });
    expect(textOfPage()).toContain('750.00');
  });

  test.each(['provider_unavailable', 'provider_timeout', 'provider_error'] as const)(
    '%s: signed in still, with what was known and when the next try is',
    async (code) => {
      bff.signIn('ann');
      const page = openPage(bff);
      await waitFor(() => expect(page.now().user.user).toBeDefined());
      bff.answers[PATHS.userInfo] = problem(code, { 'Retry-After': '40' });
      await act(() => page.now().user.refresh());
      await waitFor(() => expect(page.now().user.error?.code).toBe(code));
      const { session, user } = page.now();
      expect(session.status).toBe('signedIn');
      expect(session).not.toHaveProperty('outage');
      expect(user.user?.balance_formatted).toBe('750.00');
      expect(user.retryAt).toBeGreaterThan(Date.now() + 35_000);
    },
  );

  test('while what never came is tried again it is still told why', async () => {
    bff.signIn('ann');
    bff.answers[PATHS.userInfo] = problem('provider_unavailable', { 'Retry-After': '40' });
    const page = openPage(bff);
    await waitFor(() => expect(page.now().user.error).toBeDefined());
    const slow = held(json({ id: 'ann', username: 'ann' }));
    bff.answers[PATHS.userInfo] = slow.answer;
    const refreshing = page.now().user.refresh();
    await waitFor(() => expect(page.now().user.isRefreshing).toBe(true));
    expect(page.now().user).toMatchObject({ user: undefined, updatedAt: undefined });
    expect(page.now().user.error?.code).toBe('provider_unavailable');
    slow.release();
    await act(() => refreshing);
    await waitFor(() => expect(page.now().user.user?.username).toBe('ann'));
    expect(page.now().user.error).toBeUndefined();
  });
});

describe('the back/forward cache', () => {
  test('puts aside a page without anybody’s data on it, and asks again when it is back', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await waitFor(() => expect(textOfPage()).toContain('750.00'));
    lifecycle('pagehide');
    expect(textOfPage()).not.toContain('ann');
    bff.signOut();
    lifecycle('pageshow');
    await untilStatus(page, 'signedOut');
    expect(textOfPage()).not.toContain('ann');
  });

  test('fetches the details again rather than bring them out of memory', async () => {
    bff.signIn('ann');
    const page = openPage(bff);
    await waitFor(() => expect(page.now().user.user).toBeDefined());
    lifecycle('pagehide');
    lifecycle('pageshow');
    await waitFor(() => expect(page.now().user.user).toBeDefined());
    expect(bff.timesAsked(PATHS.userInfo)).toBe(2);
  });
});

describe('the login link', () => {
  test('leads to the start of a login, and back to this page without the result of another', async () => {
    const page = openPage(bff, '/files?x=1&login=success#top');
    await untilStatus(page, 'signedOut');
    const { pathname, searchParams } = loginAddress();
    expect(pathname).toBe(PATHS.start);
    expect(Object.fromEntries(searchParams)).toEqual({
      provider: 'acme',
      return_to: '/files?x=1#top',
    });
  });

  test('keeps the target of a login that failed', async () => {
    const first = openPage(bff, '/files?x=1');
    await untilStatus(first, 'signedOut');
    clickLogin();
    first.close();
    const second = openPage(bff, '/?error=access_denied');
    await untilStatus(second, 'signedOut');
    expect(loginAddress().searchParams.get('return_to')).toBe('/files?x=1');
  });

  test('forgets that target once somebody is signed in', async () => {
    const first = openPage(bff, '/files?x=1');
    await untilStatus(first, 'signedOut');
    clickLogin();
    first.close();
    bff.signIn('ann');
    const second = openPage(bff, '/files?x=1&login=success');
    await untilStatus(second, 'signedIn');
    second.close();
    bff.signOut();
    const third = openPage(bff, '/?error=access_denied');
    await untilStatus(third, 'signedOut');
    expect(loginAddress().searchParams.get('return_to')).toBe('/');
  });

  test('a target that leads elsewhere is none', async () => {
    sessionStorage.setItem('cloakroom-return-to', '//evil.example/');
    const page = openPage(bff, '/?error=access_denied');
    await untilStatus(page, 'signedOut');
    expect(loginAddress().searchParams.get('return_to')).toBe('/');
  });
});

function clickLogin(): void {
  const link = document.querySelector('a');
  link?.addEventListener('click', (event) => event.preventDefault(), { once: true });
  act(() => link?.click());
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
