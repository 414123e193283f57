import { defineConfig, devices } from '@playwright/test';
import { findChromium } from '../scripts/chromium-path.ts';

const isCi = Boolean(process.env.CI);
const deployed = process.env.E2E_BASE_URL;

export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results',
  // Against something deployed nothing is started, and only what needs no knobs runs.
  ...(deployed && { grep: /@deployed/ }),
  forbidOnly: isCi,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: isCi
    ? 'list'
    : [['list'], ['html', { open: 'never', outputFolder: '../playwright-report' }]],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium() ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium' }],
});
