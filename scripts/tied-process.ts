import { type ChildProcess, spawn } from 'node:child_process';

// Waits until its standard input ends, which the system closes with the process that holds the
// other end: an exit hook would not run after SIGKILL.
const WATCH = 'read -r _; kill -9 "$1" 2>/dev/null; shift; rm -rf -- "$@"';

/**
 * Make a child end with this process, however this process ends (return, crash, SIGKILL), and
 * remove these folders then.
 *
 * @returns a function that gives the watch up: call it when the child has ended
 */
export function tieToThisProcess(child: ChildProcess, ...folders: string[]): () => void {
  if (child.pid === undefined) return () => {};
  const watch = spawn('/bin/sh', ['-c', WATCH, 'watch', String(child.pid), ...folders], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.once('error', () => {});
  watch.unref();
  const { stdin } = watch;
  stdin.on('error', () => {});
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return () => watch.kill('SIGKILL');
}
