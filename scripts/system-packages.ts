import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium-path.ts';
import { hasRedisServer } from './local-redis.ts';
import { detectSystem, type System, type SystemFamily } from './system.ts';

/** A program that the tests need and no npm package brings. */
export type SystemProgram = 'redis-server' | 'chromium';

/** What `ensurePrograms` needs to know of a machine and to do there. */
export interface Machine {
  system: System;
  isInstalled(program: SystemProgram): boolean;
  /** Run a command in the foreground and wait for its end, good or bad. */
  run(command: readonly string[]): void;
  say(line: string): void;
}

/** Something is missing and cannot be installed from here. The message holds the commands to run. */
export class MissingProgramsError extends Error {
  override name = 'MissingProgramsError';
}

interface PackageManager {
  install: readonly string[];
  refresh?: readonly string[];
  /** null: no package of this system is of use, Playwright downloads one. */
  packages: Record<SystemProgram, string | null>;
}

const PLAYWRIGHT = 'npx -y pnpm@12 --filter @cloakroom/e2e exec playwright install'.split(' ');

// On Ubuntu the package `chromium` is a wish for a snap, which containers do not have.
const MANAGERS: Record<SystemFamily, PackageManager | null> = {
  debian: {
    refresh: ['apt-get', 'update'],
    install: ['apt-get', 'install', '-y'],
    packages: { 'redis-server': 'redis-server', chromium: 'chromium' },
  },
  ubuntu: {
    refresh: ['apt-get', 'update'],
    install: ['apt-get', 'install', '-y'],
    packages: { 'redis-server': 'redis-server', chromium: null },
  },
  fedora: {
    install: ['dnf', 'install', '-y'],
    packages: { 'redis-server': 'redis', chromium: 'chromium' },
  },
  arch: {
    install: ['pacman', '-S', '--noconfirm'],
    packages: { 'redis-server': 'redis', chromium: 'chromium' },
  },
  macos: { install: ['brew', 'install'], packages: { 'redis-server': 'redis', chromium: null } },
  other: null,
};

/**
 * Make sure that these programs are there. As root on Debian and Ubuntu what is missing is
 * installed; on every other machine nothing is changed.
 *
 * @throws {MissingProgramsError} when something is missing afterwards
 */
export function ensurePrograms(programs: readonly SystemProgram[], machine: Machine): void {
  const isMissing = (program: SystemProgram) => !machine.isInstalled(program);
  const missing = programs.filter(isMissing);
  if (missing.length === 0) return;
  if (mayInstall(machine.system)) {
    machine.say(`Installing ${missing.join(' and ')} ...`);
    for (const command of installCommands(missing, machine.system)) machine.run(command);
  }
  const still = missing.filter(isMissing);
  if (still.length > 0) throw new MissingProgramsError(instructions(still, machine.system));
}

/** This machine. Packages are installed without a question, as nobody may be there to answer. */
export function thisMachine(): Machine {
  return {
    system: detectSystem(),
    isInstalled: (program) => (program === 'chromium' ? findChromium() !== null : hasRedisServer()),
    run([program = '', ...args]) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    },
    say: (line) => console.log(line),
  };
}

function mayInstall({ family, isRoot }: System): boolean {
  return isRoot && (family === 'debian' || family === 'ubuntu');
}

function installCommands(programs: readonly SystemProgram[], { family, isRoot }: System) {
  const manager = MANAGERS[family];
  if (!manager) return [];
  const sudo = isRoot || family === 'macos' ? [] : ['sudo'];
  const packages = programs.map((program) => manager.packages[program]).filter((name) => name);
  const commands: (readonly string[])[] = [];
  if (packages.length > 0) {
    if (manager.refresh) commands.push([...sudo, ...manager.refresh]);
    commands.push([...sudo, ...manager.install, ...packages.map(String)]);
  }
  if (programs.some((program) => manager.packages[program] === null)) {
    commands.push([...PLAYWRIGHT, '--with-deps', 'chromium']);
  }
  return commands;
}

function instructions(programs: readonly SystemProgram[], system: System): string {
  const commands = installCommands(programs, system);
  if (commands.length === 0) {
    return `Missing: ${programs.join(', ')}. Install with your package manager (redis-server 7 or newer, Chromium), or set CHROMIUM_PATH.`;
  }
  return [`Missing: ${programs.join(', ')}. Run:`, ...commands.map((c) => c.join(' '))].join(
    '\n  ',
  );
}
