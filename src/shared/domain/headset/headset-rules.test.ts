import { expect, test } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import type { HeadsetModel } from '../../../../tests/support/headset/headset-model.ts';
import { epos, generic, jabra, poly, yealink } from '../../../../tests/support/headset/models.ts';
import { headsetMapOf } from './headset-map.ts';
import {
  headsetStep,
  newHeadset,
  type HeadsetEvent,
  type HeadsetState,
  writeAgainMs,
} from './headset.ts';
import { quirksOf } from './quirks.ts';
import { noWish, type HeadsetWish } from './wish.ts';

const ringing: HeadsetWish = { ...noWish, ringing: true };
const talking: HeadsetWish = { ...noWish, offHook: true };
const muted: HeadsetWish = { ...talking, muted: true };
const held: HeadsetWish = { ...talking, held: true };

/** Bytes by bytes: what a headset says, and what comes of it. `takes`: it has at once what is written to it. */
const on = (model: HeadsetModel, start: HeadsetWish = noWish, takes = () => true) => {
  const quirks = quirksOf(model.vendorId);
  const map = headsetMapOf(collectionsOf(model.descriptor), quirks);
  if (map === null) throw new Error('no headset');
  let state: HeadsetState = newHeadset;
  let now = 0;
  const step = (event: HeadsetEvent) => {
    const next = headsetStep({ map, quirks }, state, event, now);
    state = next.state;
    if (takes()) for (const _report of next.reports) take();
    return next;
  };
  const take = () => {
    state = headsetStep({ map, quirks }, state, { kind: 'taken' }, now).state;
  };
  const { reportId } = model.buttons.hook ?? { reportId: 0 };
  step({ kind: 'opened', reset: true });
  step({ kind: 'wish', wish: start });
  now += 10_000;
  return {
    wait: (ms: number) => {
      now += ms;
    },
    wish: (wish: HeadsetWish) => step({ kind: 'wish', wish }).reports,
    say: (byte: number, id = reportId) =>
      step({ kind: 'report', reportId: id, bytes: [byte] }).actions,
    time: () => step({ kind: 'time' }).reports,
    settle: () => step({ kind: 'settled' }).reports,
    take,
    again: () => state.writeAgainAt,
    now: () => now,
  };
};

test('a hook that goes down rejects only after it was up in the same ring', () => {
  const at = on(jabra, talking);
  at.say(0b01);
  at.wish(noWish);
  at.wait(5_000);
  at.wish(ringing);
  expect(at.say(0b00)).toEqual([]);
  expect(at.say(0b01)).toEqual(['answer']);
  expect(at.say(0b00)).toEqual(['reject']);
});

test('a hook that says once more that it is down does not end the next call', () => {
  const at = on(jabra, talking);
  at.say(0b01);
  expect(at.say(0b00)).toEqual(['end']);
  at.wish(noWish);
  at.wait(200);
  at.wish(talking);
  at.wait(1_800);
  expect(at.say(0b00)).toEqual([]);
  at.wait(2_000);
  expect(at.say(0b00)).toEqual(['end']);
});

test('a call that rings at once after the last one is answered by the first press', () => {
  const at = on(epos, talking);
  at.say(0b01);
  // Everything is written again, and nothing is new to it.
  at.settle();
  expect(at.say(0b00)).toEqual(['end']);
  at.wish(noWish);
  at.wait(20);
  expect(at.say(0b00)).toEqual([]);
  at.wait(300);
  at.wish(ringing);
  expect(at.say(0b01)).toEqual(['answer']);
});

test('so is one that rings after a call that ended while it waited', () => {
  const at = on(epos, talking);
  at.say(0b01);
  at.wish(held);
  at.wait(2_000);
  expect(at.say(0b00)).toEqual(['end']);
  at.wish(noWish);
  at.wait(300);
  at.wish(ringing);
  expect(at.say(0b01)).toEqual(['answer']);
});

test('one press that comes as drop and as hook ends one call and not the one that waits', () => {
  const at = on(jabra, talking);
  at.say(0b01);
  expect(at.say(0b10_0001)).toEqual(['end']);
  at.wish(held);
  at.wait(20);
  expect(at.say(0b00)).toEqual([]);
});

test('each report of a mute that springs back is a press of its own', () => {
  const at = on(jabra, talking);
  expect(at.say(0b100)).toEqual(['toggle_mute']);
  expect(at.say(0b100)).toEqual(['toggle_mute']);
  expect(at.say(0b000)).toEqual([]);
});

test('a mute press whose report says that the hook is down ends no call', () => {
  const at = on(jabra, talking);
  expect(at.say(0b100)).toEqual(['toggle_mute']);
  at.wait(90);
  expect(at.say(0b000)).toEqual([]);
  at.wait(2_000);
  expect(at.say(0b100)).toEqual(['toggle_mute']);
});

test('a mute press that tells for the first time that the hook is up resumes no call that waits', () => {
  const at = on(generic, held);
  expect(at.say(0b11)).toEqual(['toggle_mute']);
  expect(at.say(0b01)).toEqual([]);
});

test('a mute that is absolute: let go soon it springs back for good, held long it was a switch', () => {
  const springs = on(epos, talking);
  expect(springs.say(0b11)).toEqual(['toggle_mute']);
  springs.wish(muted);
  springs.wait(90);
  expect(springs.say(0b01)).toEqual([]);
  springs.wait(5_000);
  expect(springs.say(0b11)).toEqual(['toggle_mute']);
  springs.wish(talking);
  springs.say(0b01);
  springs.wait(5_000);
  springs.say(0b11);
  springs.wish(muted);
  springs.wait(5_000);
  expect(springs.say(0b01)).toEqual([]);

  const stays = on(epos, talking);
  expect(stays.say(0b11)).toEqual(['toggle_mute']);
  stays.wish(muted);
  stays.wait(5_000);
  expect(stays.say(0b01)).toEqual(['unmute']);
});

test('a switch that is moved right after the screen unmuted mutes', () => {
  const at = on(epos, talking);
  expect(at.say(0b11)).toEqual(['toggle_mute']);
  at.wish(muted);
  at.settle();
  at.wait(200);
  at.wish(talking);
  expect(at.say(0b01)).toEqual([]);
  at.wait(100);
  expect(at.say(0b11)).toEqual(['toggle_mute']);
});

test('a switch that is moved back never mutes', () => {
  const at = on(epos, talking);
  at.say(0b11);
  at.wish(talking);
  at.wait(5_000);
  expect(at.say(0b01)).toEqual([]);
});

test('after a press of mute everything is written once more', () => {
  const at = on(jabra, talking);
  at.say(0b100);
  expect(at.again()).toBe(at.now() + writeAgainMs);
  expect(at.time()).toEqual([]);
  at.wait(writeAgainMs);
  expect(at.time()).toHaveLength(1);
  expect(at.again()).toBeNull();
});

test('what a press asked for was refused: the lights say how it is', () => {
  const at = on(jabra, talking);
  expect(at.say(0b01)).toEqual([]);
  expect(at.say(0b00)).toEqual(['end']);
  expect(at.settle()).toEqual([{ reportId: 2, bytes: [0b1_0010] }]);
});

test('a Poly that says its mute under two reports was pressed once', () => {
  const collections = collectionsOf(
    '050b0905a10185201500250175019501092f810675079501810185210 92f75019501810675079501810 1c0'.replaceAll(
      ' ',
      '',
    ),
  );
  const quirks = quirksOf(0x047f);
  const map = headsetMapOf(collections, quirks);
  if (map === null) throw new Error('no headset');
  let state: HeadsetState = { ...newHeadset, wish: talking };
  const say = (reportId: number, at: number) => {
    const next = headsetStep({ map, quirks }, state, { kind: 'report', reportId, bytes: [1] }, at);
    state = next.state;
    return next.actions;
  };
  expect(say(0x20, 1_000)).toEqual(['toggle_mute']);
  expect(say(0x21, 1_004)).toEqual([]);
  expect(say(0x20, 1_300)).toEqual(['toggle_mute']);
  expect(say(0x21, 1_304)).toEqual([]);
});

test('a Yealink rejects with its own bit, and shows no call while one waits', () => {
  const at = on(yealink, ringing);
  expect(at.say(0x40)).toEqual(['reject']);
  at.wish(talking);
  at.say(0b01);
  expect(at.wish(held)).toEqual([{ reportId: 2, bytes: [0b1000] }]);
  at.wait(2_000);
  expect(at.say(0b00)).toEqual([]);
  expect(at.say(0b01)).toEqual(['resume']);
});

test('a call that was resumed a moment ago ends by the first press', () => {
  const at = on(yealink, talking);
  at.say(0b01);
  at.wish(held);
  at.say(0b00);
  at.wait(1_000);
  at.settle();
  at.wait(300);
  at.wish(talking);
  expect(at.say(0b01)).toEqual([]);
  expect(at.say(0b00)).toEqual(['end']);
});

test('a flash that goes on-hook in the same breath holds and ends nothing', () => {
  const at = on(poly, talking);
  at.say(0b001);
  expect(at.say(0b100)).toEqual(['flash']);
});

test('lights are written off-hook first, then ring, mute and hold', () => {
  const at = on(poly);
  expect(at.wish({ ringing: true, offHook: true, muted: true, held: true })).toEqual([
    { reportId: 0x24, bytes: [1] },
    { reportId: 0x21, bytes: [1] },
    { reportId: 0x23, bytes: [1] },
    { reportId: 0x25, bytes: [1] },
  ]);
  expect(at.wish({ ringing: false, offHook: true, muted: true, held: true })).toEqual([
    { reportId: 0x21, bytes: [0] },
  ]);
});

test('without a call nothing is written, whatever is pressed', () => {
  const at = on(jabra);
  expect(at.say(0b101)).toEqual([]);
  expect(at.settle()).toEqual([]);
  expect(at.time()).toEqual([]);
  expect(at.again()).toBeNull();
});

test('what it says of a light is an echo from its being sent on, however long that took', () => {
  let takes = true;
  const at = on(epos, talking, () => takes);
  at.say(0b01);
  takes = false;
  // The light of the mute waits for a device that is slow.
  at.wish(muted);
  at.wait(900);
  at.take();
  at.wait(450);
  expect(at.say(0b11)).toEqual([]);
  at.wish(talking);
  at.wait(900);
  // It has it, and says so before the system does.
  expect(at.say(0b01)).toEqual([]);
  at.take();
  at.wait(600);
  expect(at.say(0b11)).toEqual(['toggle_mute']);
});

test('what it says before a light was sent is a press', () => {
  let takes = true;
  const at = on(jabra, talking, () => takes);
  at.say(0b01);
  takes = false;
  at.wish(muted);
  // Some hang up with a hold: not one that does not know of it yet.
  at.wish({ ...muted, held: true });
  expect(at.say(0b00)).toEqual(['end']);
});

test('a switch that is moved to where its light is about to be asks for nothing', () => {
  let takes = true;
  const at = on(epos, talking, () => takes);
  at.say(0b01);
  takes = false;
  at.settle();
  at.wish(muted);
  expect(at.say(0b11)).toEqual([]);
});

test('a report in which nothing moved is no press while the off-hook light waits to be sent', () => {
  let takes = true;
  const at = on(generic, ringing, () => takes);
  takes = false;
  at.wish(talking);
  at.wait(1_500);
  expect(at.say(0b00)).toEqual([]);
  at.take();
  at.wait(500);
  expect(at.say(0b00)).toEqual([]);
  at.wait(1_000);
  expect(at.say(0b00)).toEqual(['end']);
});
