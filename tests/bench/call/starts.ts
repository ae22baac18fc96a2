import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import type { Centre } from '../support/centre.ts';
import { timeAppStart, timePlainStart } from '../support/start-up.ts';
import { median } from '../support/statistics.ts';

/** From the start of the program to the sign-in form, in turns with an Electron that shows "Hello, world". */
export const measureStarts = async (centre: Centre, starts: number): Promise<readonly Figure[]> => {
  const ours: number[] = [];
  const hello: number[] = [];
  // The first start of each fills the profile; it is shown apart.
  const firstMs = await timeAppStart(centre);
  await timePlainStart(centre);
  for (let run = 0; run < starts; run += 1) {
    hello.push(await timePlainStart(centre));
    ours.push(await timeAppStart(centre));
  }
  return [
    figureOf('start to sign-in form, fresh profile', firstMs, 'ms', 1),
    figureOf('start to sign-in form, median', median(ours), 'ms', starts),
    figureOf('hello-world start, median', median(hello), 'ms', starts),
    figureOf('start / hello-world', median(ours) / median(hello), '', starts, { atMost: 2.5 }),
  ];
};
