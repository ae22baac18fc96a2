import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf, progress } from '../../../scripts/platform/figures.ts';
import type { EngineBrowser } from '../../support/engine-page/engine-page.ts';
import type { FarMediaPage } from '../../support/engine-page/far-media.ts';
import type { HostileFigures } from '../../support/hostile-sip/hostile-run.ts';
import { sendHostile } from '../../support/hostile-sip/hostile-run.ts';

type Bed = { readonly browser: EngineBrowser; readonly far: FarMediaPage };

const figuresOf = (what: string, found: HostileFigures): readonly Figure[] => {
  for (const error of found.uncaught.slice(0, 5)) progress(error);
  for (const message of found.slow.slice(0, 3)) progress(JSON.stringify(message.slice(0, 500)));
  return [
    figureOf(`${what}: uncaught errors`, found.uncaught.length, '', found.sent, { exactly: 0 }),
    figureOf(`${what}: slowest message`, found.longestMs, 'ms', found.sent, { atMost: 50 }),
    figureOf(`${what}: calls lost`, found.callSurvived ? 0 : 1, '', 1, { exactly: 0 }),
  ];
};

/** How often the number that is shown moves. */
const shownEvery = 100_000;

/** What no PBX would send, over the socket of a phone that is in a call. */
export const measureHostile = async (
  bed: Bed,
  { mutants, seed }: { readonly mutants: number; readonly seed: number },
): Promise<readonly Figure[]> => {
  progress('the messages of RFC 4475');
  const torture = await sendHostile(bed, { kind: 'torture' });
  progress(`${mutants} mutants, seed ${seed}`);
  const mutated = await sendHostile(bed, { kind: 'mutants', count: mutants, seed }, (sent) => {
    if (sent % shownEvery === 0) progress(`${sent} mutants`);
  });
  return [
    ...figuresOf('RFC 4475, each as it is and addressed to us', torture),
    ...figuresOf(`mutants (seed ${seed})`, mutated),
  ];
};
