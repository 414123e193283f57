import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Scan a page with axe. A contrast that axe cannot tell counts as found: on a gradient it tells none,
 * and everything on it would pass. So the page is scanned on each colour of its background's gradient.
 *
 * @returns what is wrong, as `rule: element`; empty when nothing is
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const found = new Set<string>();
  for (const colour of await page.evaluate(backgroundColours)) {
    await page.evaluate((flat) => {
      document.body.style.background = flat;
    }, colour);
    const { violations, incomplete } = await new AxeBuilder({ page }).analyze();
    const untold = incomplete.filter(({ id }) => id === 'color-contrast');
    for (const { id, nodes } of [...violations, ...untold]) {
      for (const { html } of nodes) found.add(`${id}: ${html}`);
    }
  }
  await page.evaluate(() => {
    document.body.style.background = '';
  });
  return [...found];
}

/** The colours that the page's background is mixed from. Runs in the page. */
function backgroundColours(): string[] {
  const { backgroundColor, backgroundImage } = getComputedStyle(document.body);
  const stops = backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
  return [backgroundColor, ...stops.filter((stop) => !/, 0\)$/.test(stop))];
}
