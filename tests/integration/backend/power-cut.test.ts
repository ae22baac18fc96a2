import { describe, expect, test } from 'vitest';
import { isCi } from '../../../scripts/platform/test-needs.ts';
import { cutPower } from '../../support/ledger/cut-power.ts';
import { powerCutObstacle } from '../../support/ledger/power-cut.ts';

/** `npm run soak -- ledger` cuts the power 200 times. */
const obstacle = powerCutObstacle();
if (obstacle !== null) {
  if (isCi()) throw new Error(`power cuts cannot be tried: ${obstacle}`);
  process.stderr.write(`! TESTS DO NOT RUN, power cuts: ${obstacle}\n`);
}

describe.skipIf(obstacle !== null)('the power goes while the desk writes its journal', () => {
  test('whatever was promised is there afterwards', async () => {
    const { promised, flaws } = await cutPower(17);
    expect(flaws).toEqual([]);
    expect(promised).toBeGreaterThan(0);
  });
});
