import { playwrightTally, type Tally, vitestTally } from './tally.ts';

/** One step of the test command. */
export interface Step {
  title: string;
  /** A script of the root package.json. */
  script: string;
  /** For a suite of tests: how it is told to write a report, and how that is read. */
  suite?: {
    args(reportFile: string): string[];
    env?(reportFile: string): Record<string, string>;
    read(report: unknown): Tally;
  };
}

/** What the test command does, in order: the quick first. */
export const steps: readonly Step[] = [
  { title: 'Format and lint', script: 'lint' },
  { title: 'Direction of imports', script: 'check:imports' },
  { title: 'Types', script: 'check:types' },
  { title: 'Dead exports and dependencies', script: 'check:dead' },
  { title: 'Build of the SPA', script: 'build' },
  {
    title: 'Unit and flow tests',
    script: 'test:unit',
    suite: {
      args: (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      read: vitestTally,
    },
  },
  {
    title: 'In the browser',
    script: 'test:e2e',
    suite: {
      args: () => ['--reporter=list,json'],
      env: (file) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
      read: playwrightTally,
    },
  },
];
