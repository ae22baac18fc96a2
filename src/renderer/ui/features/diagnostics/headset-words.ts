import type { TFunction } from 'i18next';
import {
  isSaid,
  layoutOf,
  type HidField,
  type HidLayout,
} from '../../../../shared/domain/headset/hid.ts';
import { headsetActions, type HeadsetAction } from '../../../../shared/domain/headset/wish.ts';
import type { HeadsetDescription, HeadsetEntry } from '../../../../shared/ipc/headset.ts';

/** Usages that headsets have (USB HID usage tables 1.5), by page and id in one. */
const usageNames = {
  0x0b_0007: 'programmable',
  0x0b_0020: 'hook',
  0x0b_0021: 'flash',
  0x0b_0023: 'hold',
  0x0b_0024: 'redial',
  0x0b_0026: 'drop',
  0x0b_002a: 'line',
  0x0b_002b: 'speakerPhone',
  0x0b_002f: 'mute',
  0x0b_0097: 'busyTone',
  0x08_0009: 'muteLight',
  0x08_0017: 'offHookLight',
  0x08_0018: 'ringLight',
  0x08_001e: 'speakerLight',
  0x08_0020: 'holdLight',
  0x08_0021: 'microphoneLight',
  0x08_002a: 'onLineLight',
  0x0c_00cd: 'playPause',
  0x0c_00e2: 'volumeMute',
  0x0c_00e9: 'volumeUp',
  0x0c_00ea: 'volumeDown',
} as const;

const isNamed = (usage: number): usage is keyof typeof usageNames => usage in usageNames;

const buttonPage = 0x09;
const keypad = { page: 0x0b, from: 0xb0, to: 0xbf } as const;

export const hex = (value: number, digits: number): string =>
  value.toString(16).toUpperCase().padStart(digits, '0');

export const usageText = (usage: number, t: TFunction): string => {
  if (isNamed(usage)) return t(`diagnostics.usage.${usageNames[usage]}`);
  const page = usage >>> 16;
  const id = usage & 0xffff;
  if (page === buttonPage) return t('diagnostics.usage.button', { number: id });
  if (page === keypad.page && id >= keypad.from && id <= keypad.to) {
    return t('diagnostics.usage.keypad', { number: id - keypad.from });
  }
  return t('diagnostics.usage.other', { page: hex(page, 2), usage: hex(id, 2) });
};

/** Where the fields of each headset are, by its number. */
export const layoutsOf = (
  headsets: readonly HeadsetDescription[],
): ReadonlyMap<number, HidLayout> =>
  new Map(headsets.map(({ headset, collections }) => [headset, layoutOf(collections)]));

const bytesText = (bytes: readonly number[]): string => bytes.map((byte) => hex(byte, 2)).join(' ');

const saidText = (
  fields: readonly HidField[] | undefined,
  reportId: number,
  bytes: readonly number[],
  t: TFunction,
): string => {
  const known = (fields ?? []).filter((field) => field.reportId === reportId);
  if (known.length === 0) return t('diagnostics.entry.unknownReport');
  const said = known.filter((field) => isSaid(field, bytes) === true);
  return said.length === 0
    ? t('diagnostics.entry.nothingSet')
    : said.map(({ usage }) => usageText(usage, t)).join(', ');
};

const isAction = (action: string): action is HeadsetAction =>
  headsetActions.some((known) => known === action);

const actionText = (action: string, t: TFunction): string =>
  isAction(action) ? t(`diagnostics.action.${action}`) : action;

export type EntryText = {
  /** Report and bytes; empty for what is no report. */
  readonly raw: string;
  readonly words: string;
};

const reportText = (reportId: number, bytes: readonly number[]): string =>
  `${hex(reportId, 2)}: ${bytesText(bytes)}`;

/** A line of the log as it is read. */
export const entryText = (
  entry: HeadsetEntry,
  layouts: ReadonlyMap<number, HidLayout>,
  t: TFunction,
): EntryText => {
  const layout = layouts.get(entry.headset);
  switch (entry.kind) {
    case 'device':
      return { raw: '', words: t(`diagnostics.entry.${entry.what}`) };
    case 'wish': {
      const wishes = (['ringing', 'offHook', 'muted', 'held'] as const).filter(
        (name) => entry[name],
      );
      return {
        raw: '',
        words:
          wishes.length === 0
            ? t('diagnostics.wish.nothing')
            : wishes.map((name) => t(`diagnostics.wish.${name}`)).join(', '),
      };
    }
    case 'in':
      return {
        raw: reportText(entry.reportId, entry.bytes),
        words: saidText(layout?.inputs, entry.reportId, entry.bytes, t),
      };
    case 'out': {
      const words = saidText(layout?.outputs, entry.reportId, entry.bytes, t);
      return {
        raw: reportText(entry.reportId, entry.bytes),
        words: entry.taken ? words : t('diagnostics.entry.notTaken', { words }),
      };
    }
    case 'press':
      return { raw: '', words: actionText(entry.action, t) };
  }
};
