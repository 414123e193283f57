import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readSettings } from '../apps/bff/src/settings.ts';
import { profiles } from '../packages/profiles/src/profiles.ts';
import type { ProviderProfile } from '../packages/profiles/src/provider-profile.ts';
import { codeBlocks, codes, rows, section, targets } from './markdown.ts';
import { read } from './repository.ts';

const README = read('README.md');
const all = Object.values(profiles);
const recipeOf = ({ id }: ProviderProfile) => read(`docs/providers/${id}.md`);

/** What a cell says instead of a value that there is none of. */
const NONE = '–';

test('the providers of the table are the profiles, as they are', () => {
  const documented = rows(section(README, 'Providers'), 'Profile').map((row) => [
    codes(row.Profile)[0],
    row.Provider,
    ...['Kind', 'Base URL', 'Scope', 'PKCE', 'Refresh'].map((name) => shown(row[name])),
    row['Top-up'],
    row.Resources,
    targets(row.Recipe ?? '')[0],
  ]);
  const actual = all.map((profile) => [
    profile.id,
    profile.name,
    profile.kind,
    profile.baseUrl ?? NONE,
    profile.kind === 'redirect' ? profile.scope : NONE,
    profile.kind === 'redirect' ? profile.pkce : NONE,
    profile.refresh,
    profile.kind === 'redirect' && profile.endpoints?.topup ? 'yes' : NONE,
    profile.resources ? String(profile.resources.routes.length) : NONE,
    `docs/providers/${profile.id}.md`,
  ]);
  expect(documented).toEqual(actual);
});

const shown = (cell = '') => codes(cell)[0] ?? cell;

test.each(all)('the recipe of $id lists the fields and hosts of its profile', (profile) => {
  const recipe = recipeOf(profile);
  const fields = rows(recipe, 'Field of `/api/user/info`').flatMap((row) =>
    codes(row['Field of `/api/user/info`']),
  );
  expect(fields.toSorted()).toEqual(profile.userInfoFields.toSorted());
  const hosts = profile.kind === 'redirect' ? profile.topupHosts : undefined;
  expect((hosts ?? []).filter((host) => !codes(recipe).includes(host))).toEqual([]);
});

test.each(all)('the recipe of $id has the defaults of its profile', (profile) => {
  const table = rows(recipeOf(profile), 'Default here');
  const documented = Object.fromEntries(
    table.map((row) => [codes(row.Name)[0], shown(row['Default here'])]),
  );
  const asked = profile.kind === 'redirect' ? profile : { scope: 'not used', pkce: 'not used' };
  expect(documented).toMatchObject({
    OAUTH_BASE_URL: profile.baseUrl ?? expect.stringMatching(/^none: /),
    OAUTH_SCOPE: asked.scope,
    OAUTH_PKCE: asked.pkce,
  });
});

test.each(all)('the settings of the recipe of $id are those of its profile', (profile) => {
  const [example = ''] = settingsOf(recipeOf(profile));
  const { providers } = readSettings(filledIn(example));
  expect(providers.map((provider) => provider.profile.id)).toEqual([profile.id]);
});

test.each(['README.md', 'docs/providers/oidc.md'])(
  'the several providers of %s can be set up',
  (document) => {
    const example = settingsOf(read(document)).find((code) => code.includes('OAUTH_PROVIDERS='));
    const { providers } = readSettings(filledIn(example ?? ''));
    const ids = parseEnv(example ?? '').OAUTH_PROVIDERS?.split(',');
    expect(providers.map(({ id }) => id)).toEqual(ids);
  },
);

/** The examples of a `.env`: settings, and no command. */
function settingsOf(text: string): string[] {
  return codeBlocks(text)
    .filter(({ language, code }) => language === 'sh' && /^([A-Z_]+=(?!.* pnpm ).*\n)+$/.test(code))
    .map(({ code }) => code);
}

/** What somebody puts in who has registered an app. */
function filledIn(example: string): NodeJS.Dict<string> {
  const settings = Object.entries(parseEnv(example));
  return Object.fromEntries(settings.map(([name, value]) => [name, value || 'from-there']));
}

test.each(all.filter(({ resources }) => resources))(
  'the resources of $id are in a recipe, route by route',
  (profile) => {
    const { routes = [] } = profile.resources ?? {};
    const own = rows(recipeOf(profile), 'Route');
    const elsewhere = targets(recipeOf(profile)).find((target) => target.endsWith('.md#resources'));
    const table =
      own.length > 0 ? own : rows(read(`docs/providers/${elsewhere?.split('#')[0]}`), 'Route');
    const documented = table.map((row) => ({
      path: codes(row.Route)[0],
      methods: codes(row.Methods),
      query: codes(row['Query parameters']),
    }));
    const actual = routes.map(({ path, methods, query = [] }) => ({ path, methods, query }));
    expect(documented.toSorted(byPath)).toEqual(actual.toSorted(byPath));
  },
);

function byPath(one: { path: string | undefined }, other: { path: string | undefined }): number {
  return String(one.path).localeCompare(String(other.path));
}
