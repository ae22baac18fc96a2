import {
  headsetStep,
  newHeadset,
  type HeadsetEvent,
  type HeadsetState,
} from '../../../src/shared/domain/headset/headset.ts';
import { headsetMapOf } from '../../../src/shared/domain/headset/headset-map.ts';
import { lightReports, litBy } from '../../../src/shared/domain/headset/lights.ts';
import { quirksOf } from '../../../src/shared/domain/headset/quirks.ts';
import { noWish, type HeadsetWish } from '../../../src/shared/domain/headset/wish.ts';
import type { HeadsetLog } from '../../../src/shared/ipc/headset.ts';

export type Replayed = {
  /** What its buttons are understood to ask for. */
  readonly presses: readonly string[];
  /** Reports that were written and that no wish of the calls explains. */
  readonly unexplained: readonly string[];
  /** By report: what it was told last, and what it is to be told. */
  readonly shown: ReadonlyMap<number, string>;
  readonly wanted: ReadonlyMap<number, string>;
};

/** Reports that were written so close together are one writing. */
const burstMs = 50;

const textOf = (bytes: readonly number[]): string => bytes.join(' ');

/**
 * What the program makes of the log of a headset today. When it wrote is the log's word: the same reports once more are
 * written after a press was obeyed, and 300 ms after a mute.
 */
export const replayHeadset = (log: HeadsetLog, headset: number): Replayed => {
  const description = log.headsets.find((each) => each.headset === headset);
  if (description === undefined) throw new Error(`the log has no headset ${headset}`);
  const quirks = quirksOf(description.vendorId);
  const map = headsetMapOf(description.collections, quirks);
  const presses: string[] = [];
  const unexplained: string[] = [];
  const shown = new Map<number, string>();
  const reportsFor = (wish: HeadsetWish) =>
    map === null
      ? new Map<number, string>()
      : new Map(
          lightReports(map, litBy(wish, quirks)).map(({ reportId, bytes }) => [
            reportId,
            textOf(bytes),
          ]),
        );
  let state: HeadsetState = newHeadset;
  let before: HeadsetWish = noWish;
  let writtenAt = -Infinity;

  const step = (event: HeadsetEvent, at: number): void => {
    if (map === null) return;
    const next = headsetStep({ map, quirks }, state, event, at);
    state = next.state;
    presses.push(...next.actions);
  };

  for (const entry of log.entries) {
    if (entry.headset !== headset) continue;
    const { at } = entry;
    switch (entry.kind) {
      case 'device':
        if (entry.what === 'opened') state = { ...newHeadset, wish: state.wish };
        if (entry.what === 'gone') shown.clear();
        break;
      case 'wish': {
        const { ringing, offHook, muted, held } = entry;
        before = state.wish;
        step({ kind: 'wish', wish: { ringing, offHook, muted, held } }, at);
        break;
      }
      case 'in':
        step({ kind: 'report', reportId: entry.reportId, bytes: entry.bytes }, at);
        break;
      case 'out': {
        const { reportId, bytes, taken } = entry;
        const text = textOf(bytes);
        const isExplained = [before, state.wish].some(
          (wish) => reportsFor(wish).get(reportId) === text,
        );
        if (!isExplained) unexplained.push(`${reportId}: ${text}`);
        if (shown.get(reportId) === text && at - writtenAt > burstMs) step({ kind: 'settled' }, at);
        writtenAt = at;
        if (!taken) break;
        step({ kind: 'taken' }, at);
        shown.set(reportId, text);
        break;
      }
      case 'press':
        break;
    }
  }
  return { presses, unexplained, shown, wanted: reportsFor(state.wish) };
};
