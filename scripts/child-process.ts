import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { tieToThisProcess } from './tied-process.ts';

/** A program that this process started, and that ends with it. */
export interface Child {
  name: string;
  pid: number | undefined;
  /** Resolves when it has ended, never rejects. */
  ended: Promise<ChildEnd>;
  /** The last lines of its output, oldest first. */
  lastLines(): readonly string[];
  /** Ask it to end, insist after a while, and wait for it. A second call changes nothing. */
  stop(): Promise<void>;
}

export interface ChildEnd {
  /** Exit code, 1 where a signal ended it or it could not start. */
  code: number;
  /** For people: `exit code 1`, `SIGKILL`, `ENOENT`. */
  reason: string;
}

export interface ChildOptions {
  name: string;
  command: readonly [program: string, ...args: string[]];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Gets the whole output; what stood there before is lost. */
  logFile?: string | undefined;
  onLine?: ((line: string) => void) | undefined;
  /** Milliseconds between the request to end and the kill. Default 5000. */
  patience?: number | undefined;
  /** Folders that are removed should this process be killed. */
  folders?: readonly string[] | undefined;
}

const KEPT_LINES = 20;

/** Start a program in a process group of its own: Ctrl-C reaches it only through `stop`. */
export function startChild(options: ChildOptions): Child {
  const { name, patience = 5_000 } = options;
  const [program, ...args] = options.command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const untie = tieToThisProcess(child, ...(options.folders ?? []));
  const kept: string[] = [];
  const log = options.logFile ? createWriteStream(options.logFile, { mode: 0o600 }) : null;
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      log?.write(`${line}\n`);
      options.onLine?.(line);
    });
  }
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: 1, reason: error.message }));
    child.once('close', (code, signal) => {
      resolve({ code: code ?? 1, reason: signal ?? `exit code ${code}` });
    });
  }).finally(() => {
    untie();
    log?.end();
  });
  return {
    name,
    pid: child.pid,
    ended,
    lastLines: () => kept,
    async stop() {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(impatient);
    },
  };
}

/** Describe the end of a child that nobody asked to end, with what it said last. */
export function describeEnd(child: Child, { reason }: ChildEnd): string {
  return `${child.name} ended unexpectedly (${reason}).${saidLast(child)}`;
}

/** What a child said last, indented, for the end of a message. Empty when it said nothing. */
export function saidLast(child: Child): string {
  return child
    .lastLines()
    .map((line) => `\n  ${line.slice(0, 200)}`)
    .join('');
}
