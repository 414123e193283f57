import { ensurePrograms, MissingProgramsError, thisMachine } from '../system-packages.ts';
import { runStep } from './run-step.ts';
import { steps } from './steps.ts';
import { add, type Tally } from './tally.ts';

/**
 * Run all checks and tests in order, up to the first step that fails. The last line printed is
 * `N passed, N failed`; a step that is no suite of tests counts as one.
 *
 * @returns the exit code
 */
export async function runTests(): Promise<number> {
  let total: Tally = { passed: 0, failed: 0 };
  try {
    ensurePrograms(['redis-server', 'chromium'], thisMachine());
    for (const step of steps) {
      total = add(total, await runStep(step));
      if (total.failed > 0) break;
    }
  } catch (error) {
    total = add(total, { passed: 0, failed: 1 });
    console.error(error instanceof MissingProgramsError ? error.message : error);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}
