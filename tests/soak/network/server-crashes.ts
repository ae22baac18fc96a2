import { setTimeout as pause } from 'node:timers/promises';
import {
  figureOf,
  type Figure,
  type Measure,
  progress,
} from '../../../scripts/platform/figures.ts';
import { becomeReady, completeWrapUp, expectLegGone } from '../../support/agent-at-work.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { expectAgentState, expectSameHandleTime, legOf } from '../../support/far-end.ts';
import { type MissedTone, watchTone } from '../../support/reliability/tone-watch.ts';
import type { Stack } from '../../support/stack.ts';
import { largest } from '../../bench/support/statistics.ts';
import { repeatedly } from './repeated.ts';

const talkMs = 2_000;
const patienceMs = 60_000;
const unheardMs = 100;
const notes = 'Written while the server was away';

type Crash = MissedTone & {
  /** The longest silence of as long a time before it: what this machine loses anyway. */
  readonly calmMs: number;
  /** From the service's return until nothing waits in the journal any more, ms. */
  readonly caughtUpMs: number;
};

type Dying = {
  readonly name: string;
  readonly crash: (stack: Stack) => Promise<() => Promise<void>>;
};

const dyings: readonly Dying[] = [
  { name: 'backend', crash: ({ services }) => services.backend.crash() },
  {
    name: 'database',
    crash: ({ services: { postgres } }) => {
      if (postgres === undefined) throw new Error('this stack has no PostgreSQL of its own');
      return postgres.crash();
    },
  },
];

const measureDying = async ({ name, crash }: Dying, times: number): Promise<readonly Figure[]> => {
  progress(`${String(times)} times the ${name} is killed in a call`);
  const { done, failed } = await repeatedly<Crash>(
    `kill of the ${name}`,
    times,
    ({ desk }) => becomeReady(desk),
    async ({ bed, desk }) => {
      const { stack } = bed;
      const call = await bed.inCall(desk, 'queue-support');
      const calm = watchTone(call.customer);
      await pause(talkMs);
      const calmMs = calm.stop().silentMs;
      const watch = watchTone(call.customer);
      const letReturn = await crash(stack);
      let missed: MissedTone;
      try {
        await pause(talkMs);
        missed = watch.stop();
        const endedAt = Date.now();
        await desk.desk.button('Hang up').click();
        await expectLegGone(stack, call.channel, endedAt);
        await completeWrapUp(desk, { notes });
      } finally {
        await letReturn();
      }
      const backAt = Date.now();
      await until(
        'nothing waits any more',
        async () => (await desk.deskSnapshot()).journal.waiting === 0,
        patienceMs,
      );
      const caughtUpMs = Date.now() - backAt;
      await expectSameHandleTime(desk, call.callId);
      const leg = await legOf(stack, call.callId);
      if (leg['outcome'] !== 'completed' || leg['notes'] !== notes) {
        throw new Error(`the ledger says ${JSON.stringify(leg)}`);
      }
      await expectAgentState(desk, { state: 'ready' });
      await until('the customer is let go', () => call.customer.hasEnded());
      return { value: { ...missed, calmMs, caughtUpMs }, desk };
    },
  );
  const n = done.length;
  const lost = `kills of the ${name} that touched a call or lost a fact`;
  const worst = (of: (crash: Crash) => number): number => largest(done.map(of));
  return [
    figureOf(
      `longest silence at the customer before, ${name}`,
      worst(({ calmMs }) => calmMs),
      'ms',
      n,
    ),
    figureOf(
      `longest silence at the customer, ${name} killed`,
      worst(({ silentMs }) => silentMs),
      'ms',
      n,
      { atMost: unheardMs },
    ),
    figureOf(
      `sound that was not sent, ${name} killed`,
      worst(({ absentMs }) => absentMs),
      'ms',
      n,
      {
        atMost: unheardMs,
      },
    ),
    figureOf(
      `${name} back to all facts stored, slowest`,
      worst(({ caughtUpMs }) => caughtUpMs / 1_000),
      's',
      n,
    ),
    figureOf(lost, failed, '', n + failed, { exactly: 0 }),
  ];
};

/** Backend and database die in calls: the customer hears nothing of it, and every fact arrives afterwards. */
export const measureServerCrashes: Measure = async ({ quick }) => {
  const figures: Figure[] = [];
  for (const dying of dyings) figures.push(...(await measureDying(dying, quick ? 2 : 30)));
  return figures;
};
