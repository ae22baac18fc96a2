import { expect, test } from 'vitest';
import { collectionsOf } from '../../../../../tests/support/headset/collections-of.ts';
import { jabraConstant } from '../../../../../tests/support/headset/models.ts';
import { layoutOf } from '../../../../shared/domain/headset/hid.ts';
import { entryText, hex, usageText } from './headset-words.ts';

/** Keys and what they are filled with: which words are chosen, not how they read. */
const t = ((key: string, values?: Readonly<Record<string, unknown>>) =>
  values === undefined ? key : `${key} ${Object.values(values).join(' ')}`) as never;

const layouts = new Map([[1, layoutOf(collectionsOf(jabraConstant.descriptor))]]);
const base = { at: 0, headset: 1 };

test('usages have names, and those without one are told by number', () => {
  expect(usageText(0x0b_0020, t)).toBe('diagnostics.usage.hook');
  expect(usageText(0x09_0007, t)).toBe('diagnostics.usage.button 7');
  expect(usageText(0x0b_00b3, t)).toBe('diagnostics.usage.keypad 3');
  expect(usageText(0xff00_0001, t)).toBe('diagnostics.usage.other FF00 01');
  expect(hex(0x0e, 4)).toBe('000E');
});

test('a report is told by its bytes and by what is set in it', () => {
  expect(entryText({ ...base, kind: 'in', reportId: 2, bytes: [0x11, 0] }, layouts, t)).toEqual({
    raw: '02: 11 00',
    words: expect.stringContaining('diagnostics.usage.hook, diagnostics.usage.mute') as string,
  });
  const out = { ...base, kind: 'out', reportId: 2, bytes: [0, 0], taken: false } as const;
  expect(entryText(out, layouts, t).words).toBe(
    'diagnostics.entry.notTaken diagnostics.entry.nothingSet',
  );
  expect(entryText({ ...base, kind: 'in', reportId: 9, bytes: [1] }, layouts, t).words).toBe(
    'diagnostics.entry.unknownReport',
  );
});

test('what the calls want and what a press was taken for are told in words', () => {
  const wish = { ...base, kind: 'wish', ringing: false, offHook: true, muted: true, held: false };
  expect(entryText(wish as never, layouts, t).words).toBe(
    'diagnostics.wish.offHook, diagnostics.wish.muted',
  );
  expect(entryText({ ...base, kind: 'press', action: 'answer' }, layouts, t).words).toBe(
    'diagnostics.action.answer',
  );
});
