// @vitest-environment happy-dom
import { PATHS } from '@cloakroom/contract/paths';
import { act, cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeBff, json, problem } from './fake-bff.ts';
import { openPage } from './page.tsx';

const URL_OF_PAGE = 'https://console.acme.example/topup?x=1';

let bff: FakeBff;

beforeEach(() => {
  bff = new FakeBff();
  bff.signIn('ann');
  bff.answers[PATHS.topup] = json({ topup_url: URL_OF_PAGE });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function topUp() {
  const page = openPage(bff);
  await waitFor(() => expect(page.now().user.user).toBeDefined());
  await act(() => page.now().topup.topUp());
  return page.now().topup;
}

function fakeTab() {
  const tab = { opener: window as unknown, location: { replace: vi.fn() } };
  vi.spyOn(window, 'open').mockReturnValue(tab as never);
  return tab;
}

test('the provider’s page opens in a tab that cannot reach back', async () => {
  const tab = fakeTab();
  expect(await topUp()).toMatchObject({ status: 'opened' });
  expect(tab.opener).toBeNull();
  expect(tab.location.replace).toHaveBeenCalledExactlyOnceWith(URL_OF_PAGE);
});

test('where the browser lets no tab open there is an address for a link', async () => {
  vi.spyOn(window, 'open').mockReturnValue(null);
  expect(await topUp()).toMatchObject({ status: 'blocked', url: URL_OF_PAGE });
});

test('a provider without such a page', async () => {
  const open = vi.spyOn(window, 'open');
  bff.answers[PATHS.topup] = problem('not_supported');
  expect(await topUp()).toMatchObject({ status: 'notSupported' });
  expect(open).not.toHaveBeenCalled();
});

test('an address that is no web page opens nothing', async () => {
  const open = vi.spyOn(window, 'open');
  bff.answers[PATHS.topup] = json({ topup_url: 'javascript:alert(1)' });
  expect(await topUp()).toMatchObject({ status: 'failed', error: { code: 'unexpected_answer' } });
  expect(open).not.toHaveBeenCalled();
});
