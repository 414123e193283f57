import { expect, test } from 'vitest';
import { findChromium } from './chromium-path.ts';
import { familyOf, type System } from './system.ts';
import { ensurePrograms, type Machine, type SystemProgram } from './system-packages.ts';

/** A machine that lacks some programs, of which running any command installs the curable ones. */
function machine(system: System, missing: SystemProgram[], curable = missing) {
  const lacks = new Set(missing);
  const ran: string[] = [];
  const fake: Machine = {
    system,
    isInstalled: (program) => !lacks.has(program),
    run(command) {
      ran.push(command.join(' '));
      for (const program of curable) lacks.delete(program);
    },
    say: () => {},
  };
  return { fake, ran };
}

const both: SystemProgram[] = ['redis-server', 'chromium'];

test('root on Debian installs only what is missing', () => {
  const { fake, ran } = machine({ family: 'debian', isRoot: true }, ['chromium']);
  ensurePrograms(both, fake);
  expect(ran).toEqual(['apt-get update', 'apt-get install -y chromium']);
});

test('a machine that has all runs nothing', () => {
  const { fake, ran } = machine({ family: 'debian', isRoot: true }, []);
  ensurePrograms(both, fake);
  expect(ran).toEqual([]);
});

test('root on Ubuntu takes Chromium from Playwright, as its package is a snap', () => {
  const { fake, ran } = machine({ family: 'ubuntu', isRoot: true }, both);
  ensurePrograms(both, fake);
  expect(ran).toEqual([
    'apt-get update',
    'apt-get install -y redis-server',
    'npx -y pnpm@12 --filter @cloakroom/e2e exec playwright install --with-deps chromium',
  ]);
});

test('somebody who is not root is told the exact commands, and nothing is run', () => {
  const { fake, ran } = machine({ family: 'debian', isRoot: false }, both);
  expect(() => ensurePrograms(both, fake)).toThrow(
    'Missing: redis-server, chromium. Run:\n  sudo apt-get update\n  sudo apt-get install -y redis-server chromium',
  );
  expect(ran).toEqual([]);
});

test('an installation that did not help says what is still missing', () => {
  const { fake } = machine({ family: 'debian', isRoot: true }, both, ['redis-server']);
  expect(() => ensurePrograms(both, fake)).toThrow('Missing: chromium. Run:');
});

test('an unknown system is told what to look for', () => {
  const { fake } = machine({ family: 'other', isRoot: true }, ['chromium']);
  expect(() => ensurePrograms(both, fake)).toThrow('CHROMIUM_PATH');
});

test.each([
  ['ID=debian\nVERSION_ID="12"', 'debian'],
  ['ID=ubuntu\nID_LIKE=debian', 'ubuntu'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'ubuntu'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'fedora'],
  ['ID=alpine', 'other'],
])('%j is of the family %s', (release, family) => {
  expect(familyOf(release)).toBe(family);
});

test('a CHROMIUM_PATH that does not run is an error, not a reason to take another', () => {
  expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow('/nowhere/chromium');
  expect(() => findChromium({ CHROMIUM_PATH: '/bin/false' })).toThrow('CHROMIUM_PATH');
});

test('CHROMIUM_PATH comes before what is installed', () => {
  expect(findChromium({ CHROMIUM_PATH: '/bin/true' })).toBe('/bin/true');
});
