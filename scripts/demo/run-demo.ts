import { describeEnd } from '../child-process.ts';
import { banner } from './banner.ts';
import { readDemoSettings } from './demo-settings.ts';
import { type StartedPart, startDemo } from './start-demo.ts';
import { untilAskedToStop } from './stop-request.ts';

/**
 * Run the demo until somebody stops it, then stop all that was started, the last part first.
 *
 * @returns the exit code: 0 when it was asked to stop, 1 when something failed
 */
export async function runDemo(env: NodeJS.ProcessEnv): Promise<number> {
  const started: StartedPart[] = [];
  try {
    const asked = untilAskedToStop().then((reason) => console.log(`\nStopping (${reason}) ...`));
    await Promise.race([asked, showDemo(env, started)]);
    return 0;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    for (const part of started.reverse()) await part.stop();
  }
}

/** Never resolves: it ends when one of the children does. */
async function showDemo(env: NodeJS.ProcessEnv, started: StartedPart[]): Promise<never> {
  const { facts, children } = await startDemo(readDemoSettings(env), started);
  console.log(banner(facts));
  const ends = children.map((child) => child.ended.then((end) => describeEnd(child, end)));
  throw new Error(await Promise.race(ends));
}
