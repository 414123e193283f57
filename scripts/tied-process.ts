import { type ChildProcess, spawn } from 'node:child_process';

// Waits until its standard input ends, which the system closes with the process that holds the
// other end: an exit hook would not run after SIGKILL.
const WATCH = 'read -r _; kill -9 "$1" 2>/dev/null; rm -rf -- "$2"';

/**
 * Make a child end with this process, however this process ends (return, crash, SIGKILL), and
 * remove its folder then. Neither the child nor the watch keeps this process alive.
 *
 * @returns a function that gives the watch up: call it when the child has ended
 */
export function tieToThisProcess(child: ChildProcess, folder: string): () => void {
  child.unref();
  if (child.pid === undefined) return () => {};
  const watch = spawn('sh', ['-c', WATCH, 'watch', String(child.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.unref();
  const { stdin } = watch;
  stdin.on('error', () => {});
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return () => watch.kill('SIGKILL');
}
