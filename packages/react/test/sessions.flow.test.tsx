// @vitest-environment happy-dom
import { PATHS } from '@cloakroom/contract/paths';
import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useEndSession, useLogout, useSessions } from '../src/react.ts';
import { FakeBff, held, json, noAnswer, problem } from './fake-bff.ts';
import { openHook } from './open-hook.tsx';
import { untilStatus } from './page.tsx';

let bff: FakeBff;

beforeEach(() => {
  bff = new FakeBff();
  sessionStorage.clear();
  bff.signIn('ann');
  bff.answers[PATHS.sessions] = json([entry('here', true), entry('phone'), entry('work')]);
});

afterEach(cleanup);

function entry(handle: string, current = false) {
  const time = '2026-08-20T12:00:00.000Z';
  return {
    handle,
    device: 'Firefox on Linux',
    created_at: time,
    last_seen_at: time,
    current,
  };
}

const noContent = () => new Response(null, { status: 204 });

async function page() {
  const opened = openHook(bff, () => ({
    list: useSessions(),
    ending: useEndSession(),
    logout: useLogout(),
  }));
  await waitFor(() => expect(opened.now().list.sessions).toBeDefined());
  return { ...opened, handles: () => opened.now().list.sessions?.map(({ handle }) => handle) };
}

test('all sessions are listed', async () => {
  const { handles } = await page();
  expect(handles()).toEqual(['here', 'phone', 'work']);
});

test('a list that is looked at again is fetched again', async () => {
  const { showAgain, handles } = await page();
  bff.answers[PATHS.sessions] = json([entry('here', true)]);
  showAgain();
  await waitFor(() => expect(handles()).toEqual(['here']));
});

test('one that is ended leaves the list', async () => {
  const { now, handles } = await page();
  bff.answers[`${PATHS.sessions}/phone`] = noContent;
  await act(async () => expect(await now().ending.endSession('phone')).toEqual({ ok: true }));
  expect(handles()).toEqual(['here', 'work']);
  expect(bff.calls.at(-1)).toMatchObject({ path: `${PATHS.sessions}/phone`, method: 'DELETE' });
  expect(bff.timesAsked(PATHS.session)).toBe(1);
});

test('one that has ended meanwhile is simply gone', async () => {
  const { now, handles } = await page();
  bff.answers[`${PATHS.sessions}/phone`] = problem('not_found');
  await act(async () => expect(await now().ending.endSession('phone')).toEqual({ ok: true }));
  expect(now().ending.error).toBeUndefined();
  expect(handles()).toEqual(['here', 'work']);
});

test('one that could not be ended stays, and it is told why', async () => {
  const { now, handles } = await page();
  bff.answers[`${PATHS.sessions}/phone`] = problem('session_store_unavailable');
  await act(async () => expect(await now().ending.endSession('phone')).toEqual({ ok: false }));
  expect(now().ending.error?.code).toBe('session_store_unavailable');
  expect(handles()).toEqual(['here', 'phone', 'work']);
});

test('one that was ended does not come back with a list that was on its way', async () => {
  const { now, handles } = await page();
  const late = held(bff.answers[PATHS.sessions] ?? json([]));
  bff.answers[PATHS.sessions] = late.answer;
  const refreshing = now().list.refresh();
  bff.answers[`${PATHS.sessions}/phone`] = noContent;
  await act(() => now().ending.endSession('phone'));
  late.release();
  await act(() => refreshing);
  expect(handles()).toEqual(['here', 'work']);
});

test('whoever ends the session of this page is asked who is here', async () => {
  const { now } = await page();
  bff.answers[`${PATHS.sessions}/here`] = () => {
    bff.signOut();
    return noContent();
  };
  await act(() => now().ending.endSession('here'));
  await untilStatus({ now }, 'expired');
  expect(now().list.sessions).toBeUndefined();
});

test('a list that cannot be fetched is tried again, and the session goes on', async () => {
  bff.answers[PATHS.sessions] = problem('session_store_unavailable', { 'Retry-After': '1' });
  const { now } = openHook(bff, () => ({ list: useSessions() }));
  await waitFor(() => expect(now().list.error?.code).toBe('session_store_unavailable'));
  expect(now().list.retryAt).toBeGreaterThan(Date.now());
  expect(now().session).toMatchObject({ status: 'signedIn', outage: { cause: 'store' } });
  bff.answers[PATHS.sessions] = json([entry('here', true)]);
  await waitFor(() => expect(now().list.sessions).toHaveLength(1), { timeout: 10_000 });
});

test('logging out everywhere takes the list along', async () => {
  const { now } = await page();
  bff.answers[PATHS.logoutAll] = json({ logout_url: null });
  await act(() => now().logout.logout({ everywhere: true }));
  expect(now().session).toEqual({ status: 'signedOut', farewell: 'here' });
  expect(now().list.sessions).toBeUndefined();
});

test('pressing log out twice sends it once', async () => {
  const { now } = await page();
  const slow = held(json({ logout_url: null }));
  bff.answers[PATHS.logout] = slow.answer;
  const leaving = now().logout.logout();
  expect(await now().logout.logout()).toEqual({ ok: false });
  slow.release();
  await act(() => leaving);
  expect(bff.timesAsked(PATHS.logout)).toBe(1);
});

test('nobody who is signed out is asked for a list', async () => {
  bff.signOut();
  bff.answers[PATHS.sessions] = noAnswer;
  const opened = openHook(bff, () => ({ list: useSessions() }));
  await untilStatus(opened, 'signedOut');
  expect(bff.timesAsked(PATHS.sessions)).toBe(0);
});
