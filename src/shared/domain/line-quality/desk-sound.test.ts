import { expect, test } from 'vitest';
import { noNotes, withNote, maximumMoments, type CallNotes } from './call-notes.ts';
import { withDeskSecond, type DeskSecond, type DeskSound } from './desk-sound.ts';

const second: DeskSecond = {
  ...{ microphone: 0, heard: 0, lateMs: 0, glitchedPercent: null, path: null },
};
const summed = (...parts: readonly Partial<DeskSecond>[]): DeskSound | null =>
  parts.reduce<DeskSound | null>((sum, part) => withDeskSecond(sum, { ...second, ...part }), null);

test('how loud people were counts where they spoke, and silence is no voice', () => {
  expect(summed({ microphone: 0.1 }, {}, { microphone: 0.1, heard: 1 })).toMatchObject({
    ...{ seconds: 3, microphoneDbfs: -20, spokenSeconds: 2, heardDbfs: 0, heardSeconds: 1 },
  });
  expect(summed({}, {})).toMatchObject({ microphoneDbfs: null, heardSeconds: 0 });
});

test('a computer that was late once is told with the worst of it; the latest way stands', () => {
  const path = { local: 'host', remote: 'host', network: null } as const;
  expect(summed({ lateMs: 90 }, { lateMs: 800, path }, {})).toMatchObject({
    ...{ lateSeconds: 1, latestMs: 800, glitchedPercent: null, path },
  });
});

test('notes add up, and a loose contact does not fill the journal', () => {
  const lost = { kind: 'device_lost', device: 'microphone', name: 'Headset' } as const;
  const loud = (peakDbfs: number, byKey: boolean) =>
    ({ kind: 'loud', at: 1, peakDbfs, byKey }) as const;
  let notes: CallNotes = withNote(noNotes, { kind: 'seconds', what: 'silent', seconds: 2 });
  notes = withNote(notes, { kind: 'seconds', what: 'silent', seconds: 3 });
  notes = withNote(notes, loud(-9, true));
  for (let count = 0; count < 3 * maximumMoments; count += 1) {
    notes = withNote(notes, { ...lost, at: count, replacedBy: null, gapMs: null });
    notes = withNote(notes, loud(-3, false));
  }
  expect(notes.seconds.silent).toBe(5);
  expect(notes.devicesLost).toHaveLength(maximumMoments);
  expect(notes.loud).toHaveLength(maximumMoments);
  // What the agent said stays, however many were louder.
  expect(notes.loud[0]).toMatchObject({ byKey: true });
});
