import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/emulator.ts';
import { AUTHORIZATION_FORGERIES } from '../src/personas/oidc/forgeries/authorization-response.ts';
import { DISCOVERY_FORGERIES } from '../src/personas/oidc/forgeries/discovery.ts';
import { ID_TOKEN_FORGERIES } from '../src/personas/oidc/forgeries/id-token.ts';
import { PUSHED_REQUEST_FORGERIES } from '../src/personas/oidc/forgeries/pushed-request.ts';
import { USERINFO_FORGERIES } from '../src/personas/oidc/forgeries/userinfo.ts';
import { LOGOUT_TOKEN_FORGERIES } from '../src/personas/oidc/logout-token.ts';
import { PERSONA_NAMES } from '../src/personas/personas.ts';
import { FAULT_KINDS } from '../src/provider/faults.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The heading of a persona's own section. */
const SECTIONS = {
  aihubmix: 'AIHubMix',
  rememberizer: 'Rememberizer',
  afdian: 'Afdian',
  flarum: 'Flarum',
  oidc: 'OpenID Connect',
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** What stands below a heading of the second level. */
function section(heading: string): string {
  return README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
}

describe('every operation is told of', () => {
  test.each(PERSONA_NAMES)('of %s, in its section or among those that all have', (name) => {
    const told = section(SECTIONS[name]) + section('Control');
    const untold = Object.keys(emulator.personas[name].control).filter(
      (operation) => !told.includes(`\`${operation}(`),
    );
    expect(untold).toEqual([]);
  });
});

describe('every endpoint that a fault can be laid on is told of', () => {
  test.each(PERSONA_NAMES)('of %s', (name) => {
    const { calls } = emulator.personas[name].control.stats();
    const untold = Object.keys(calls).filter(
      (endpoint) => !section(SECTIONS[name]).includes(`\`${endpoint}\``),
    );
    expect(untold).toEqual([]);
  });
});

test.each([
  ['fault', 'Faults', FAULT_KINDS],
  ['ID token', 'OpenID Connect', Object.keys(ID_TOKEN_FORGERIES)],
  ['userinfo', 'OpenID Connect', Object.keys(USERINFO_FORGERIES)],
  ['authorization response', 'OpenID Connect', Object.keys(AUTHORIZATION_FORGERIES)],
  ['pushed request', 'OpenID Connect', Object.keys(PUSHED_REQUEST_FORGERIES)],
  ['discovery', 'OpenID Connect', Object.keys(DISCOVERY_FORGERIES)],
  ['logout token', 'OpenID Connect', Object.keys(LOGOUT_TOKEN_FORGERIES)],
])('every kind of %s that can be wrong is told of', (_name, heading, kinds) => {
  expect(kinds.filter((kind) => !section(heading).includes(`\`${kind}\``))).toEqual([]);
});
