// @vitest-environment happy-dom
import { PATHS } from '@cloakroom/contract/paths';
import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeBff, held, json, noAnswer, problem } from './fake-bff.ts';
import { openPage, textOfPage, untilStatus } from './page.tsx';

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
  vi.restoreAllMocks();
});

async function signedInPage() {
  bff.signIn('ann');
  const page = openPage(bff);
  await waitFor(() => expect(page.now().user.user).toBeDefined());
  return page;
}

describe('logging out', () => {
  test('says farewell, forgets the details and tells the other tabs', async () => {
    const page = await signedInPage();
    await act(() => page.now().logout.logout());
    expect(page.now().session).toEqual({ status: 'signedOut', farewell: 'here' });
    expect(textOfPage()).not.toContain('ann');
    await waitFor(() => expect(heard).toContain('signedOut'));
    expect(bff.calls.at(-1)).toMatchObject({ path: PATHS.logout, method: 'POST' });
  });

  test('goes to the provider’s own sign-out, and says farewell on the way back', async () => {
    const navigate = vi.spyOn(window.location, 'assign').mockImplementation(() => {});
    const page = await signedInPage();
    bff.answers[PATHS.logout] = json({ logout_url: '/auth/logout/continue/abc' });
    await act(() => page.now().logout.logout());
    expect(navigate).toHaveBeenCalledExactlyOnceWith(
      new URL('/auth/logout/continue/abc', location.href).href,
    );
    page.close();
    bff.signOut();
    const back = openPage(bff);
    await untilStatus(back, 'signedOut');
    expect(back.now().session).toMatchObject({ farewell: 'here' });
    back.close();
    const later = openPage(bff);
    await untilStatus(later, 'signedOut');
    expect(later.now().session).not.toHaveProperty('farewell');
  });

  test('goes nowhere that is neither ours nor https', async () => {
    const navigate = vi.spyOn(window.location, 'assign').mockImplementation(() => {});
    const page = await signedInPage();
    bff.answers[PATHS.logout] = json({ logout_url: 'javascript:alert(1)' });
    await act(() => page.now().logout.logout());
    expect(navigate).not.toHaveBeenCalled();
    expect(page.now().session.status).toBe('signedOut');
  });

  test('that fails is told, and leaves the person signed in', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.logout] = problem('session_store_unavailable', { 'Retry-After': '60' });
    await act(() => page.now().logout.logout());
    expect(page.now().logout.error?.code).toBe('session_store_unavailable');
    expect(page.now().session).toMatchObject({
      status: 'signedIn',
      session: { user: { id: 'ann' } },
    });
    expect(heard).not.toContain('signedOut');
  });

  test('a check that was on its way does not sign anybody in again', async () => {
    const page = await signedInPage();
    const late = held(bff.answers[PATHS.session] ?? json({}));
    bff.answers[PATHS.session] = late.answer;
    act(() => void window.dispatchEvent(new Event('online')));
    await act(() => page.now().logout.logout());
    late.release();
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(page.now().session.status).toBe('signedOut');
  });

  test('a check that began during the logout does not either', async () => {
    const page = await signedInPage();
    const slow = held(json({ logout_url: null }));
    bff.answers[PATHS.logout] = slow.answer;
    const leaving = page.now().logout.logout();
    const late = held(bff.answers[PATHS.session] ?? json({}));
    bff.answers[PATHS.session] = late.answer;
    act(() => void window.dispatchEvent(new Event('online')));
    slow.release();
    await act(() => leaving);
    late.release();
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(page.now().session.status).toBe('signedOut');
  });

  test('whose answer got lost on the way is found out at once', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.logout] = noAnswer;
    bff.signOut();
    await act(() => page.now().logout.logout());
    await untilStatus(page, 'expired');
    expect(textOfPage()).not.toContain('750.00');
  });

  test('a call that is refused meanwhile does not say that the session expired', async () => {
    const page = await signedInPage();
    const slow = held(json({ logout_url: null }));
    bff.answers[PATHS.logout] = slow.answer;
    bff.answers[PATHS.userInfo] = problem('not_authenticated');
    const leaving = page.now().logout.logout();
    await act(() => page.now().user.refresh());
    expect(page.now().session).toMatchObject({ status: 'signedIn', leaving: true });
    slow.release();
    await act(() => leaving);
    expect(page.now().session).toEqual({ status: 'signedOut', farewell: 'here' });
  });
});

describe('other tabs', () => {
  test('a logout there empties this page at once, before the BFF has said a word', async () => {
    const page = await signedInPage();
    bff.answers[PATHS.session] = held(json({ authenticated: false })).answer;
    otherTab.postMessage('signedOut');
    await untilStatus(page, 'signedOut');
    expect(page.now().session).toMatchObject({ farewell: 'elsewhere' });
    expect(textOfPage()).not.toContain('ann');
  });

  test('a login there signs this page in', async () => {
    const page = openPage(bff);
    await untilStatus(page, 'signedOut');
    bff.signIn('ann');
    otherTab.postMessage('signedIn');
    await untilStatus(page, 'signedIn');
  });

  test('a login that lands here is told there', async () => {
    bff.signIn('ann');
    const page = openPage(bff, '/?login=success');
    await untilStatus(page, 'signedIn');
    await waitFor(() => expect(heard).toEqual(['signedIn']));
  });

  test('nonsense on the line is ignored', async () => {
    const page = await signedInPage();
    const asked = bff.timesAsked(PATHS.session);
    otherTab.postMessage({ type: 'signedOut' });
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(page.now().session.status).toBe('signedIn');
    expect(bff.timesAsked(PATHS.session)).toBe(asked);
  });
});
