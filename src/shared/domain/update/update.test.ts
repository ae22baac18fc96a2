import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  appliesByItself,
  releaseText,
  unusedForMs,
  updateFailureOf,
  updateObstacle,
} from './update.ts';

const desks = fc.record({
  inCall: fc.boolean(),
  owesWrapUp: fc.boolean(),
  hasDraft: fc.boolean(),
  isReachable: fc.boolean(),
});

test('nothing is applied while anything would suffer, and what is told is in the way', () => {
  fc.assert(
    fc.property(desks, fc.boolean(), fc.nat(), (desk, isSignedOut, unusedMs) => {
      const isFree = !desk.inCall && !desk.owesWrapUp && !desk.hasDraft && !desk.isReachable;
      const obstacle = updateObstacle(desk);
      expect(obstacle === null).toBe(isFree);
      const holds = {
        call: desk.inCall,
        wrap_up: desk.owesWrapUp,
        draft: desk.hasDraft,
        ready: desk.isReachable,
      };
      if (obstacle !== null) expect(holds[obstacle]).toBe(true);
      if (appliesByItself(desk, { isSignedOut, unusedMs })) {
        expect(isFree && isSignedOut && unusedMs >= unusedForMs).toBe(true);
      }
    }),
  );
});

test('a call is told before a wrap-up, and that before being ready', () => {
  const free = { inCall: false, owesWrapUp: false, hasDraft: false, isReachable: true };
  expect(updateObstacle(free)).toBe('ready');
  expect(updateObstacle({ ...free, hasDraft: true })).toBe('draft');
  expect(updateObstacle({ ...free, owesWrapUp: true, hasDraft: true })).toBe('wrap_up');
  expect(updateObstacle({ ...free, inCall: true, owesWrapUp: true })).toBe('call');
});

test.each([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'disk_full'],
  [Object.assign(new Error('open'), { code: 'EACCES' }), 'not_writable'],
  [Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' }), 'damaged'],
  [new Error('net::ERR_CONTENT_LENGTH_MISMATCH'), 'damaged'],
  [new Error('net::ERR_CONNECTION_REFUSED'), 'feed_away'],
  [Object.assign(new Error('404'), { code: 'HTTP_ERROR_404' }), 'feed_away'],
  [Object.assign(new Error('404'), { code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' }), 'feed_away'],
  [Object.assign(new Error('x'), { code: 'ERR_UPDATER_INVALID_UPDATE_INFO' }), 'feed_unreadable'],
  ['what is this', 'failed'],
] as const)('%s is told as %s', (thrown, why) => {
  expect(updateFailureOf(thrown)).toBe(why);
});

test('what is new is text for people', () => {
  expect(releaseText('<p>Calls <b>ring</b> louder.</p>\u0007\nMore.')).toBe(
    'Calls ring louder.\nMore.',
  );
  expect(releaseText([{ version: '2.0.0', note: 'Two' }, { note: null }])).toBe('Two');
  expect(releaseText(undefined)).toBe('');
  expect(releaseText('x'.repeat(10_000))).toHaveLength(4_000);
});
