import { ApiError } from '@cloakroom/react';
import { expect, test } from 'vitest';
import { isRefused } from './topup-refused.ts';

const failed = (code: 'provider_forbidden' | 'provider_timeout') =>
  ({ status: 'failed', error: new ApiError({ code, status: 403 }) }) as const;

test('a provider without such a page, or one that forbids it, has said no', () => {
  expect(isRefused({ status: 'notSupported' })).toBe(true);
  expect(isRefused(failed('provider_forbidden'))).toBe(true);
});

test('a provider that does not answer may be asked again', () => {
  expect(isRefused(failed('provider_timeout'))).toBe(false);
  expect(isRefused({ status: 'idle' })).toBe(false);
});
