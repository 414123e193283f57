import { expect, test } from '../fixtures.ts';
import { pageStates } from '../pages/page-states.ts';

test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

for (const [state, reach] of Object.entries(pageStates)) {
  test(`on a small phone nothing sticks out of the page when it is "${state}"`, async ({
    app,
    logIn,
    provider,
    stack,
    page,
  }) => {
    await reach({ app, logIn, provider, stack });
    const widths = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      window: window.innerWidth,
    }));
    expect(widths.content).toBeLessThanOrEqual(320);
    expect(widths.window).toBe(320);
  });
}

test('the way in is on the first screen of a small phone, large enough for a thumb', {
  tag: '@deployed',
}, async ({ app }) => {
  await app.goto();
  await expect(app.login).toBeInViewport({ ratio: 1 });
  const box = await app.login.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
});
