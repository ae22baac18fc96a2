import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import { measureGlares } from '../../soak/signalling/glares.ts';
import type { EngineBrowser } from '../../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import type { FarMediaPage } from '../../support/engine-page/far-media.ts';
import { openFarMedia } from '../../support/engine-page/far-media.ts';
import { sendHostile } from '../../support/hostile-sip/hostile-run.ts';
import { tortureMessages } from '../../support/hostile-sip/torture.ts';

/** Short forms of `npm run soak -- signalling`. */
describe.skipIf(reasonToSkip(windowNeeds) !== null)('a phone in a call', () => {
  let browser: EngineBrowser;
  let far: FarMediaPage;

  beforeAll(async () => {
    browser = await startEngineBrowser();
    far = await openFarMedia(browser);
  });
  afterAll(() => browser.close());

  test('bears the 49 messages of RFC 4475', async () => {
    expect(new Set(tortureMessages.map(({ section }) => section)).size).toBe(49);
    const found = await sendHostile({ browser, far }, { kind: 'torture' });
    expect(found).toMatchObject({ uncaught: [], slow: [], callSurvived: true });
  });

  test('bears mutants of what a PBX says', async () => {
    const found = await sendHostile(
      { browser, far },
      { kind: 'mutants', count: 4_000, seed: 3261 },
    );
    expect(found).toMatchObject({ sent: 4_000, uncaught: [], slow: [], callSurvived: true });
  }, 60_000);

  test('loses no call when holds cross', async () => {
    const [lost] = await measureGlares({ browser, far }, { phones: 2, glares: 4, seed: 14 });
    expect(lost).toMatchObject({ value: 0, n: 4 });
  }, 60_000);
});
