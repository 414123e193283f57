import { watchLaunchers } from './launchers.ts';

/**
 * Resolve when somebody asks the demo to stop: by Ctrl-C, by a signal, or by ending the npx or pnpm
 * that started it. Whoever presses Ctrl-C twice does not want to wait: the second one exits at once.
 *
 * @returns what asked
 */
export function untilAskedToStop(): Promise<string> {
  return new Promise((resolve) => {
    watchLaunchers((launcher) => resolve(`the end of ${launcher}`));
    process.on('SIGTERM', resolve);
    process.on('SIGHUP', resolve);
    process.once('SIGINT', (signal) => {
      resolve(signal);
      // pnpm passes on what the terminal has sent already: that is no second wish.
      setTimeout(() => process.once('SIGINT', () => process.exit(130)), 1_000).unref();
    });
    process.on('SIGINT', () => {});
  });
}
