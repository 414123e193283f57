import { runTests } from './test-run/run-tests.ts';

process.exitCode = await runTests();
