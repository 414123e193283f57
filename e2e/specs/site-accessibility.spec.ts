import { axeFindings } from '../accessibility/axe-findings.ts';
import { siteStates } from '../pages/site-states.ts';
import { expect, test } from '../site-fixtures.ts';

// Colours half way through an animation are nobody's choice.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [state, reach] of Object.entries(siteStates)) {
  test(`${state} is for everybody, in either colours, and fits a small phone`, async ({
    app,
    choice,
    documents,
    emulator,
    logInOnOtherDevice,
    page,
    passwordForm,
    sessions,
    yating,
  }) => {
    await reach({
      app,
      choice,
      documents,
      emulator,
      logInOnOtherDevice,
      passwordForm,
      sessions,
      yating,
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), `in ${colorScheme} colours`).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
  });
}

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('every way in is large enough for a thumb, and a tap takes it', async ({
    app,
    choice,
    providerPages,
  }) => {
    await app.goto();
    await expect(choice.ways.first()).toBeInViewport({ ratio: 1 });
    for (const way of await choice.ways.all()) {
      const box = await way.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    }
    await choice.ways.first().tap();
    await expect(providerPages.submit).toBeVisible();
  });
});
