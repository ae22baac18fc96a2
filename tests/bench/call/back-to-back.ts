import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import type { AnsweredCall, AppPhone } from '../support/app-phone.ts';
import type { Centre } from '../support/centre.ts';
import { nowMs } from '../support/sip-tap.ts';
import { median } from '../support/statistics.ts';

const gapMs = 300;

/** The next call comes right after the last one. */
export const measureBackToBack = async (
  centre: Centre,
  app: AppPhone,
  calls: number,
): Promise<readonly Figure[]> => {
  let good = 0;
  let before: AnsweredCall | null = null;
  const gaps: number[] = [];
  let endedAt = Number.NaN;
  for (let index = 0; index < calls; index += 1) {
    const number = centre.numbers[index % centre.numbers.length] ?? '';
    const ringing = await app.ring(number, 'extension');
    if (before !== null) {
      gaps.push(ringing.invitedAt - endedAt);
      await app.settle(before.callId);
    }
    const answered: AnsweredCall = await app.answer(ringing);
    await app.page
      .locator(`[data-call-id="${answered.callId}"][data-call-state="connected"]`)
      .first()
      .waitFor();
    endedAt = await app.hangUp(answered);
    good += 1;
    before = answered;
    // The PBX needs some 40 ms to bring the next one.
    await pause(Math.max(0, endedAt + gapMs - 40 - nowMs()));
  }
  if (before !== null) await app.settle(before.callId);
  return [
    figureOf('gap between calls back to back, median', median(gaps), 'ms', gaps.length),
    figureOf('calls back to back, rung, answered and ended', good, '', calls, { exactly: calls }),
  ];
};
