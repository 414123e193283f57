import { readFileSync } from 'node:fs';

// `npx -y pnpm@12 demo` makes a chain: npm, a shell, pnpm, a shell, node. The signal that ends npm
// does not always reach the end of the chain, and the demo would stay behind with its ports.

/**
 * Call back once when one of the npm and pnpm processes that this one was started by is gone. Only
 * on Linux, where /proc tells them; elsewhere nothing happens.
 */
export function watchLaunchers(onGone: (launcher: string) => void): void {
  const watched = launchers(process.ppid);
  const timer = setInterval(() => {
    const gone = watched.find(({ pid, startedAt }) => readProcess(pid)?.startedAt !== startedAt);
    if (!gone) return;
    clearInterval(timer);
    onGone(gone.command);
  }, 500);
  timer.unref();
}

interface RunningProcess {
  pid: number;
  parent: number;
  /** Tells it from a later process with the same number. */
  startedAt: string;
  command: string;
}

/** The chain of npm, pnpm and shells that begins here, up to its last npm or pnpm: the shell around may end. */
function launchers(pid: number): RunningProcess[] {
  const chain: RunningProcess[] = [];
  for (
    let next = readProcess(pid);
    next && (isLauncher(next.command) || isShell(next.command));
    next = readProcess(next.parent)
  ) {
    chain.push(next);
  }
  return chain.slice(0, chain.findLastIndex(({ command }) => isLauncher(command)) + 1);
}

function isLauncher(command: string): boolean {
  return /^(\S*\/)?(node (\S*\/)?)?(npm|npx|pnpm)(-cli)?(\.c?js)?( |$)/.test(command);
}

function isShell(command: string): boolean {
  return /^(\S*\/)?(sh|bash|dash|zsh)( |$)/.test(command);
}

function readProcess(pid: number): RunningProcess | null {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in parentheses, which may hold anything.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return { pid, parent: Number(fields[1]), startedAt: fields[19] ?? '', command };
  } catch {
    return null;
  }
}
