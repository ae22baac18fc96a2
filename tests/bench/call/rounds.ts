import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import type { AnsweredCall, AppPhone, HungUp } from '../support/app-phone.ts';
import type { BarePhone } from '../support/bare-page.ts';
import type { Centre } from '../support/centre.ts';
import { unevenPause } from '../support/ringing-leg.ts';
import { median, quantile } from '../support/statistics.ts';
import { type BareCall, ringBare } from './bare-call.ts';
import { ringMs } from './plan.ts';

const talkMs = 200;
const betweenMs = 300;

type AppCall = AnsweredCall & { readonly end: HungUp };

type Rounds = {
  readonly queue: readonly AppCall[];
  readonly direct: readonly AppCall[];
  readonly bare: readonly (BareCall & { readonly end: HungUp })[];
};

/** Queue calls, calls of the bare phone and direct calls in turns, so that a slow moment meets them all. */
export const measureRounds = async (
  centre: Centre,
  app: AppPhone,
  bare: BarePhone,
  calls: number,
): Promise<Rounds> => {
  const queue: AppCall[] = [];
  const direct: AppCall[] = [];
  const bareCalls: Rounds['bare'][number][] = [];
  const one = async (to: 'queue' | 'extension', number: string): Promise<AppCall> => {
    const ringing = await app.ring(number, to);
    await unevenPause(ringMs);
    const answered = await app.answer(ringing);
    await unevenPause(talkMs);
    await app.hangUp(answered);
    const end = await app.hungUp(answered);
    await app.completeWrapUp();
    await unevenPause(betweenMs);
    return { ...answered, end };
  };
  for (let round = 0; round < calls; round += 1) {
    const number = (offset: number) =>
      centre.numbers[(round * 3 + offset) % centre.numbers.length] ?? '';
    queue.push(await one('queue', number(0)));
    const bareCall = await ringBare(centre, bare, number(1));
    await unevenPause(talkMs);
    bareCalls.push({ ...bareCall, end: await bareCall.hangUp() });
    direct.push(await one('extension', number(2)));
  }
  return { queue, direct, bare: bareCalls };
};

/** The phone is free for the next call when it says so and the far end was told. */
const idleAfterMs = ({ end: { pressedAt, idleAt, byeAt } }: { readonly end: HungUp }): number =>
  Math.max(idleAt, byeAt) - pressedAt;

/** From the INVITE to the record on screen, from Answer to audio at the PBX, and from Hang up to an idle phone. */
export const roundFigures = ({ queue, direct, bare }: Rounds): readonly Figure[] => {
  const n = queue.length;
  const pop = (calls: readonly AnsweredCall[]) =>
    calls.map(({ paintedAt, invitedAt }) => paintedAt - invitedAt);
  const ring = bare.map(({ shownAt, invitedAt }) => shownAt - invitedAt);
  const heard = [...queue, ...direct].map(({ heardAt, pressedAt }) => heardAt - pressedAt);
  const bareHeard = bare.map(({ heardAt, answeredAt }) => heardAt - answeredAt);
  const idle = [...queue, ...direct].map(idleAfterMs);
  const bareIdle = bare.map(idleAfterMs);
  const shown = [...queue, ...direct].map(({ end }) => end.shownAt - end.pressedAt);
  const bareShown = bare.map(({ end }) => end.shownAt - end.pressedAt);
  const p95 = (values: readonly number[]) => quantile(values, 0.95);
  return [
    figureOf('INVITE to record, queue call, median', median(pop(queue)), 'ms', n),
    figureOf('INVITE to record, queue call, p95', p95(pop(queue)), 'ms', n, { atMost: 60 }),
    figureOf('INVITE to record, direct call, median', median(pop(direct)), 'ms', n),
    figureOf('INVITE to record, direct call, p95', p95(pop(direct)), 'ms', n, { atMost: 150 }),
    figureOf('INVITE to bare ring, median', median(ring), 'ms', n),
    figureOf('INVITE to bare ring, p95', p95(ring), 'ms', n),
    figureOf('INVITE to record / to bare ring, p95', p95(pop(queue)) / p95(ring), '', n),
    figureOf('Answer to first audio, median', median(heard), 'ms', heard.length),
    figureOf('Answer to first audio, p95', p95(heard), 'ms', heard.length),
    figureOf('Answer to first audio, bare, median', median(bareHeard), 'ms', n),
    figureOf('Answer to first audio / bare', median(heard) / median(bareHeard), '', n, {
      atMost: 0.8,
    }),
    figureOf('Hang up to idle phone and BYE sent, median', median(idle), 'ms', idle.length),
    figureOf('Hang up to idle phone and BYE sent, p95', p95(idle), 'ms', idle.length, {
      atMost: 100,
    }),
    figureOf('Hang up to idle phone and BYE sent, bare, median', median(bareIdle), 'ms', n),
    // The order crosses two processes on its way to the phone, and the news of it two on the way back.
    figureOf('Hang up to idle phone and BYE sent / bare', median(idle) / median(bareIdle), '', n, {
      atMost: 3,
    }),
    figureOf('Hang up to screen, median', median(shown), 'ms', shown.length),
    figureOf('Hang up to screen, bare, median', median(bareShown), 'ms', n),
  ];
};
