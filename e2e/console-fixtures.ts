import { test as base, expect } from '@playwright/test';

interface ConsoleFixtures {
  /** What the pages wrote to the console. They must neither throw nor offend against their policy. */
  messages: string[];
}

/** What Chromium writes for every answer that is an error, also for one that was expected. */
const FAILED_CALL = /^Failed to load resource/;

/** Tests whose pages keep quiet. */
export const test = base.extend<ConsoleFixtures>({
  messages: [
    async ({ context }, use) => {
      const messages: string[] = [];
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(String(error.error())));
      context.on('console', (message) => {
        const text = message.text();
        messages.push(text);
        const isError = message.type() === 'error' && !FAILED_CALL.test(text);
        if (isError || /Content.Security.Policy/i.test(text)) errors.push(text);
      });
      await use(messages);
      expect(errors, 'errors on the pages').toEqual([]);
    },
    { auto: true },
  ],
});
