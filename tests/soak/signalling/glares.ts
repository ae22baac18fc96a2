import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import type { EngineBrowser, EnginePage } from '../../support/engine-page/engine-page.ts';
import type { FarMediaPage } from '../../support/engine-page/far-media.ts';
import { crossHold, glareSequences } from '../../support/engine-page/glare.ts';
import { setupFor } from '../../support/engine-page/phone-bed.ts';
import type { ScriptedCall } from '../../support/engine-page/scripted-call.ts';
import { callPhone, contactUser, takeCall } from '../../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { startScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { seededRandom } from '../../support/seeded-random.ts';

export type GlarePlan = { readonly phones: number; readonly glares: number; readonly seed: number };
type Bed = { readonly browser: EngineBrowser; readonly far: FarMediaPage };

type Line = {
  readonly peer: ScriptedPbx;
  readonly phone: EnginePage;
  readonly call: ScriptedCall;
  readonly random: () => number;
  readonly close: () => Promise<void>;
};

/** One phone in one long call; every other phone was the caller. */
const openLine = async ({ browser, far }: Bed, number: number, seed: number): Promise<Line> => {
  const peer = await startScriptedPbx();
  const phone = await browser.open(setupFor(peer.url));
  await phone.untilRegistered();
  const scene = { peer, phone, user: contactUser(peer), media: far.open() };
  const call =
    number % 2 === 0
      ? await callPhone(scene, `glare-${number}@pbx`)
      : await takeCall(scene, '+12025550143');
  return {
    peer,
    phone,
    call,
    random: seededRandom(seed + number),
    close: async () => {
      peer.close();
      await phone.close();
      await scene.media.close();
    },
  };
};

/** One that went wrong must not make the next one ask for what is so already. */
const isHeld = ({ phone, call }: Line): boolean => {
  const now = phone.latest().calls.find(({ callId }) => callId === call.callId);
  return now?.state === 'connected' && now.hold === 'local';
};

/** What went wrong in each glare, null for nothing. */
const crossAgainAndAgain = async (
  line: Line,
  glares: number,
): Promise<readonly (string | null)[]> => {
  const outcomes: (string | null)[] = [];
  for (let count = 0; count < glares; count += 1) {
    const sequence = 10 + count * glareSequences;
    outcomes.push(await crossHold(line, !isHeld(line), sequence, line.random));
  }
  return outcomes;
};

const figuresOf = (outcomes: readonly (string | null)[], seed: number): readonly Figure[] => {
  const wrong = outcomes.filter((outcome) => outcome !== null);
  for (const what of wrong.slice(0, 10)) progress(what.trim());
  const name = `hold glares that lost the call or the hold (seed ${seed})`;
  return [ofPromise(7, figureOf(name, wrong.length, '', outcomes.length, { exactly: 0 }))];
};

export const measureGlares = async (bed: Bed, plan: GlarePlan): Promise<readonly Figure[]> => {
  progress(`${plan.glares} hold glares on ${plan.phones} phones, seed ${plan.seed}`);
  const lines: Line[] = [];
  try {
    for (let number = 0; number < plan.phones; number += 1) {
      lines.push(await openLine(bed, number, plan.seed));
    }
    const each = Math.ceil(plan.glares / plan.phones);
    const outcomes = await Promise.all(lines.map((line) => crossAgainAndAgain(line, each)));
    return figuresOf(outcomes.flat(), plan.seed);
  } finally {
    for (const line of lines) await line.close();
  }
};
