import {
  type Figure,
  figureOf,
  type Measure,
  progress,
} from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import { startHeadsetPhone } from '../../support/headset/headset-phone.ts';
import { interleaveMany } from '../../support/headset/interleaving.ts';
import {
  jabra,
  jabraConstant,
  poly,
  epos,
  yealink,
  generic,
} from '../../support/headset/models.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** At one phone each, side by side: two headsets of different kinds. */
const pairs = [
  [jabra, poly],
  [yealink, jabraConstant],
  [epos, generic],
] as const;

const plans = { full: 1_002, quick: 18 } as const;

type Told = { readonly made: number; readonly wrong: number };

const atOnePhone = async (
  pair: (typeof pairs)[number],
  count: number,
  seed: number,
): Promise<Told> => {
  const bed = await startHeadsetPhone(...pair);
  try {
    const phone = await bed.registered();
    for (const one of bed.headsets) await one.plug();
    const scene = { bed, phone, headsets: bed.headsets, random: seededRandom(seed) };
    const wrong = await interleaveMany(scene, count, ({ wrong: why, deeds }) => {
      progress(`${why}; after ${deeds.join(', ')}`);
    });
    return { made: count, wrong };
  } finally {
    await bed.stop();
  }
};

/**
 * Deeds on the screen and on headsets in random order, plug and unplug among them. At rest the screen, the lights (in the
 * bytes that the device got) and what the customer hears agree.
 */
export const measureInterleavings: Measure = async ({ quick }): Promise<readonly Figure[]> => {
  await prepareTestNeeds();
  const count = Math.ceil((quick ? plans.quick : plans.full) / pairs.length);
  progress(`${count} interleavings at each of ${pairs.length} phones`);
  const told = await Promise.all(pairs.map((pair, index) => atOnePhone(pair, count, 40 + index)));
  const made = told.reduce((sum, each) => sum + each.made, 0);
  const wrong = told.reduce((sum, each) => sum + each.wrong, 0);
  return [
    figureOf('interleavings of screen, headsets and plugs', made, '', made),
    figureOf('at rest, screen, lights and sound disagree in', wrong, '', made, { exactly: 0 }),
  ];
};
