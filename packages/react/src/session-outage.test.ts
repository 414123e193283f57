import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, type ApiFailure } from './api-error.ts';
import { isSessionOutage, outageCauseOf } from './session-outage.ts';

afterEach(() => void vi.unstubAllGlobals());

function failed(code: ApiFailure): ApiError {
  return new ApiError({ code, status: 0 });
}

test.each([
  ['session_store_unavailable', true, 'store'],
  ['network_error', true, 'server'],
  ['network_error', false, 'offline'],
  // There was an answer, whatever the browser believes of its network.
  ['internal_error', false, 'server'],
  ['unexpected_answer', false, 'server'],
] as const)('%s, with a network: %s, means that it is the %s', (code, onLine, cause) => {
  vi.stubGlobal('navigator', { onLine });
  expect(outageCauseOf(failed(code))).toBe(cause);
});

test.each(['provider_unavailable', 'internal_error', 'unexpected_answer'] as const)(
  '%s on a call says nothing about who is here',
  (code) => expect(isSessionOutage(failed(code))).toBe(false),
);
