import type { Provider } from '@cloakroom/contract/providers';
import { expect, test } from 'vitest';
import { lastProviderFirst } from './last-provider.ts';

const PROVIDERS: Provider[] = ['a', 'b', 'c'].map((id) => ({
  id,
  name: id.toUpperCase(),
  profile: id,
  kind: 'redirect',
  start_url: `/auth/oauth/start?provider=${id}`,
}));

test.each([
  ['c', 'cab'],
  ['a', 'abc'],
  ['gone', 'abc'],
  [undefined, 'abc'],
])('after %s the order is %s', (last, order) => {
  const ids = lastProviderFirst(PROVIDERS, last).map(({ id }) => id);
  expect(ids.join('')).toBe(order);
});
