import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';

const require = createRequire(import.meta.url);
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme can change. */
const ruleOfColours = ['color-contrast', 'link-in-text-block'];

type AxeWindow = Window & { readonly axe?: typeof axe };

/** Colours on their way are none that anybody reads. What goes on for ever is left alone. */
const settle = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // A transition begins with the frame after the change.
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(async (animation) => animation.finished));
  });
};

/** What axe finds on the page as it stands, each with its rule and where it is. */
export const accessibilityFaults = async (
  page: Page,
  look: 'everything' | 'colours',
): Promise<readonly string[]> => {
  const isThere = await page.evaluate(() => (window as AxeWindow).axe !== undefined);
  if (!isThere) await page.evaluate(source);
  await settle(page);
  const options: axe.RunOptions = {
    runOnly:
      look === 'everything'
        ? { type: 'tag', values: tags }
        : { type: 'rule', values: ruleOfColours },
    // Describing all that is well takes longer than finding what is not.
    resultTypes: ['violations'],
  };
  const violations = await page.evaluate(async (wanted) => {
    const { axe: checker } = window as AxeWindow;
    if (checker === undefined) throw new Error('axe is not on the page');
    return (await checker.run(document, wanted)).violations;
  }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary ?? ''})`,
    ),
  );
};
