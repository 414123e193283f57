import type { Provider } from '@cloakroom/contract/providers';
import { expect, test } from 'vitest';
import { distinctName } from './namesakes.ts';

const PROVIDERS: Provider[] = [
  ['tea', 'Flarum'],
  ['paper', 'Flarum'],
  ['hub', 'AIHubMix'],
].map(([id = '', name = '']) => ({ id, name, profile: 'any', kind: 'redirect', start_url: '/' }));

test('of two providers with one name, each goes by its id as well', () => {
  const names = PROVIDERS.map((provider) => distinctName(provider, PROVIDERS));
  expect(names).toEqual(['Flarum (tea)', 'Flarum (paper)', 'AIHubMix']);
});
