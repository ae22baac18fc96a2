import { messageOf } from '../../../scripts/platform/problem.ts';
import { progress } from '../../../scripts/platform/figures.ts';
import type { CrashBed } from '../../support/reliability/crash-bed.ts';
import { startCrashBed } from '../../support/reliability/crash-bed.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { channels } from '../../support/far-end.ts';

/** So many failures one after another say all that there is to say. */
const hopeless = 4;

export type Repeated<Value> = { readonly done: readonly Value[]; readonly failed: number };

export type Scene = { readonly bed: CrashBed; readonly desk: DeskApp };

/** How things stand at a failure, in a line. */
const standing = async ({ stack }: CrashBed, desk: DeskApp): Promise<string> => {
  const { registration, calls } = await desk.phoneSnapshot();
  const { agent, engine, wrapUps } = await desk.deskSnapshot();
  return JSON.stringify({
    ...{ engine, agent: agent?.state, registration: registration.state },
    calls: calls.map((call) => ({
      ...{ callId: call.callId, state: call.state, queue: call.queue },
      end: call.state === 'ended' ? call.end.outcome : undefined,
    })),
    wrapUps: wrapUps.map(({ callId, ended }) => ({ callId, ended })),
    channels: await channels(stack),
  });
};

/**
 * The same again and again on one bed. What went wrong counts, and the next one begins with a desk of its own; so does
 * the one after a crash that took the desk along (`one` answers with the desk that is left).
 */
export const repeatedly = async <Value>(
  what: string,
  times: number,
  /** Before the first and after each failure: brings a new desk to where `one` begins. */
  prepare: (scene: Scene) => Promise<void>,
  one: (scene: Scene) => Promise<{ readonly value: Value; readonly desk: DeskApp }>,
): Promise<Repeated<Value>> => {
  const bed = await startCrashBed();
  const done: Value[] = [];
  let failed = 0;
  let inRow = 0;
  let desk: DeskApp | null = null;
  try {
    for (let time = 0; time < times; time += 1) {
      try {
        if (desk === null) {
          desk = await bed.openDesk();
          await prepare({ bed, desk });
        }
        const after = await one({ bed, desk });
        desk = after.desk;
        done.push(after.value);
        inRow = 0;
      } catch (error) {
        failed += 1;
        inRow += 1;
        progress(`${what} ${String(time + 1)}: ${messageOf(error)}`);
        if (desk !== null) {
          progress(await standing(bed, desk).catch(() => 'the desk does not answer'));
          await bed.clear(desk);
        }
        desk = null;
        if (inRow === hopeless) throw new Error(`${what} goes wrong each time`, { cause: error });
      }
      if (time % 5 === 4) progress(`${what}: ${String(time + 1)} of ${String(times)}`);
    }
    return { done, failed };
  } finally {
    if (desk !== null) await bed.clear(desk);
    await bed.stop();
  }
};
