import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import type { AnsweredCall, AppPhone } from '../support/app-phone.ts';
import type { BarePhone } from '../support/bare-page.ts';
import type { Centre } from '../support/centre.ts';
import { unevenPause } from '../support/ringing-leg.ts';
import { median, quantile } from '../support/statistics.ts';
import { type BareCall, ringBare } from './bare-call.ts';
import { ringMs } from './plan.ts';

const talkMs = 200;
const betweenMs = 300;

type Rounds = {
  readonly queue: readonly AnsweredCall[];
  readonly direct: readonly AnsweredCall[];
  readonly bare: readonly BareCall[];
};

/** Queue calls, calls of the bare phone and direct calls in turns, so that a slow moment meets them all. */
export const measureRounds = async (
  centre: Centre,
  app: AppPhone,
  bare: BarePhone,
  calls: number,
): Promise<Rounds> => {
  const queue: AnsweredCall[] = [];
  const direct: AnsweredCall[] = [];
  const bareCalls: BareCall[] = [];
  const one = async (to: 'queue' | 'extension', number: string): Promise<AnsweredCall> => {
    const ringing = await app.ring(number, to);
    await unevenPause(ringMs);
    const answered = await app.answer(ringing);
    await unevenPause(talkMs);
    await app.hangUp(answered);
    await app.completeWrapUp();
    await unevenPause(betweenMs);
    return answered;
  };
  for (let round = 0; round < calls; round += 1) {
    const number = (offset: number) =>
      centre.numbers[(round * 3 + offset) % centre.numbers.length] ?? '';
    queue.push(await one('queue', number(0)));
    const bareCall = await ringBare(centre, bare, number(1));
    await unevenPause(talkMs);
    await bareCall.hangUp();
    bareCalls.push(bareCall);
    direct.push(await one('extension', number(2)));
  }
  return { queue, direct, bare: bareCalls };
};

/** From the INVITE to the record on screen, and from Answer to audio at the PBX. */
export const roundFigures = ({ queue, direct, bare }: Rounds): readonly Figure[] => {
  const n = queue.length;
  const pop = (calls: readonly AnsweredCall[]) =>
    calls.map(({ paintedAt, invitedAt }) => paintedAt - invitedAt);
  const ring = bare.map(({ shownAt, invitedAt }) => shownAt - invitedAt);
  const heard = [...queue, ...direct].map(({ heardAt, pressedAt }) => heardAt - pressedAt);
  const bareHeard = bare.map(({ heardAt, answeredAt }) => heardAt - answeredAt);
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
  ];
};
