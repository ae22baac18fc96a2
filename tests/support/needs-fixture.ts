import type { TestInfo } from 'playwright/test';
import { reasonToSkip, type TestNeed } from '../../scripts/platform/test-needs.ts';

export type NeedsFixture = { readonly needs: null };

/** Comes before everything else that a test asks for, and skips it where that cannot be had. */
export const needsFixture = (needs: readonly TestNeed[]) => {
  const skipOrRun = async (
    // Playwright reads the names of fixtures from the pattern, and this one needs none.
    {},
    use: (value: null) => Promise<void>,
    testInfo: TestInfo,
  ): Promise<void> => {
    const reason = reasonToSkip(needs);
    if (reason !== null) testInfo.skip(true, reason);
    await use(null);
  };
  const options: { readonly auto: true } = { auto: true };
  return [skipOrRun, options] satisfies [typeof skipOrRun, typeof options];
};
