import { expect, test } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import { epos } from '../../../../tests/support/headset/models.ts';
import { headsetMapOf } from './headset-map.ts';
import { headsetStep, newHeadset } from './headset.ts';
import { quirksOf } from './quirks.ts';

test('a mute switch that was pressed twice in a moment is no button that springs back for ever', () => {
  const quirks = quirksOf(epos.vendorId);
  const map = headsetMapOf(collectionsOf(epos.descriptor), quirks);
  if (map === null) throw new Error('no headset');
  let state = newHeadset;
  const inCall = { ringing: false, offHook: true, muted: false, held: false };
  const wish = (muted: boolean, at: number) => {
    const event = { kind: 'wish', wish: { ...inCall, muted } } as const;
    const { state: next, reports } = headsetStep({ map, quirks }, state, event, at);
    state = next;
    for (const _report of reports) {
      state = headsetStep({ map, quirks }, state, { kind: 'taken' }, at).state;
    }
  };
  const says = (bits: number, at: number) => {
    const step = headsetStep(
      { map, quirks },
      state,
      { kind: 'report', reportId: 0, bytes: [bits] },
      at,
    );
    state = step.state;
    return step.actions;
  };
  wish(false, 10_000);
  expect(says(0b11, 11_000)).toEqual(['toggle_mute']);
  wish(true, 11_010);
  expect(says(0b01, 11_100)).toEqual([]);
  expect(says(0b11, 15_000)).toEqual(['toggle_mute']);
  wish(false, 15_010);
  expect(says(0b01, 30_000)).toEqual([]);
  expect(says(0b11, 40_000)).toEqual(['toggle_mute']);
  wish(true, 40_010);
  expect(says(0b01, 60_000)).toEqual(['unmute']);
});
