import type { Call } from '../../../../shared/domain/call/call.ts';
import type { NotedSeconds } from '../../../../shared/domain/line-quality/call-notes.ts';
import type { LineWord } from '../../../../shared/domain/line-quality/line-quality.ts';
import type { PowerWord } from '../../../../shared/domain/power/power-word.ts';
import type { DeskSnapshot } from '../../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../../shared/ipc/phone.ts';
import { voiceWord } from '../../state/voice-word.ts';

export type StatusTone = 'good' | 'waiting' | 'bad' | 'idle';

type Item<Name extends string, Word extends string> = {
  readonly name: Name;
  readonly tone: StatusTone;
  readonly word: Word;
};

/** What the line at the foot of the window shows; each word has a text in every language. */
export type SignallingItem = Item<
  'signalling',
  'registered' | 'registering' | 'unregistered' | 'no_account' | 'failed' | 'restarting'
>;
export type BackendItem = Item<
  'backend',
  'connected' | 'connecting' | 'away' | 'waiting' | 'refused' | 'problem'
>;
export type PbxItem = Item<'pbx', 'connected' | 'disconnected' | 'absent' | 'unknown'>;
export type MicrophoneItem = Item<
  'microphone',
  'live' | 'muted' | 'held' | 'ready' | 'missing' | 'denied' | 'busy' | NotedSeconds
>;
export type DevicesItem = Item<'devices', 'ready' | 'no_speaker' | 'hands_free' | 'unknown'>;
export type HeadsetItem = Item<
  'headset',
  'ready' | 'in_use' | 'none' | 'unused' | 'no_access' | 'not_answering'
>;
export type LineItem = Item<'line', LineWord | 'measuring'>;
/** A new version waits for the next start. */
export type UpdateItem = Item<'update', 'ready'>;
export type PowerItem = Item<'power', PowerWord>;
export type StatusItem =
  | PowerItem
  | UpdateItem
  | SignallingItem
  | BackendItem
  | PbxItem
  | MicrophoneItem
  | DevicesItem
  | HeadsetItem
  | LineItem;

const signalling = (desk: DeskSnapshot, phone: PhoneSnapshot | null): SignallingItem => {
  const name = 'signalling';
  if (desk.engine === 'restarting') return { name, tone: 'bad', word: 'restarting' };
  switch (phone?.registration.state) {
    case 'registered':
      return { name, tone: 'good', word: 'registered' };
    case 'registering':
      return { name, tone: 'waiting', word: 'registering' };
    case 'failed':
      return { name, tone: 'bad', word: 'failed' };
    case 'unregistered':
    case undefined:
      return desk.sipProblem === null
        ? { name, tone: 'idle', word: 'unregistered' }
        : { name, tone: 'bad', word: 'no_account' };
  }
};

const backend = ({ backend: view, journal }: DeskSnapshot): BackendItem => {
  const name = 'backend';
  if (journal.problem !== null) return { name, tone: 'bad', word: 'problem' };
  if (view.state === 'away') return { name, tone: 'bad', word: 'away' };
  if (journal.refused > 0) return { name, tone: 'bad', word: 'refused' };
  if (view.state === 'connecting') return { name, tone: 'waiting', word: 'connecting' };
  if (journal.late > 0) return { name, tone: 'waiting', word: 'waiting' };
  return { name, tone: 'good', word: 'connected' };
};

const pbx = (desk: DeskSnapshot): PbxItem => {
  const name = 'pbx';
  switch (desk.pbx?.state) {
    case 'connected':
      return { name, tone: 'good', word: 'connected' };
    case 'disconnected':
      return { name, tone: 'bad', word: 'disconnected' };
    case 'absent':
      return { name, tone: 'idle', word: 'absent' };
    case undefined:
      return { name, tone: 'idle', word: 'unknown' };
  }
};

/** Of several calls the one that is not on hold: what it is sent is what the agent says. */
const talking = (calls: readonly Call[]) => {
  const connected = calls.filter((call) => call.state === 'connected');
  return connected.find((call) => call.hold === 'none') ?? connected[0];
};

/** A voice that is heard, if badly, is no fault of the first order. */
const voiceTones: Readonly<Record<NotedSeconds, StatusTone>> = {
  silent: 'bad',
  system_muted: 'bad',
  muted_talking: 'bad',
  clipped: 'waiting',
  low: 'waiting',
};

/** Whether the microphone's sound reaches the other side, so that its level says something. */
export const isHeard = (word: StatusItem['word']): boolean =>
  word === 'live' || word === 'low' || word === 'clipped';

const microphone = (phone: PhoneSnapshot | null): MicrophoneItem => {
  const name = 'microphone';
  switch (phone?.devices.problem) {
    case 'no_microphone':
      return { name, tone: 'bad', word: 'missing' };
    case 'microphone_denied':
      return { name, tone: 'bad', word: 'denied' };
    case 'microphone_busy':
      return { name, tone: 'bad', word: 'busy' };
    case 'no_speaker':
    case null:
    case undefined:
      break;
  }
  const call = talking(phone?.calls ?? []);
  if (call === undefined) return { name, tone: 'idle', word: 'ready' };
  const wrong = voiceWord(phone, call.callId);
  if (wrong !== null) return { name, tone: voiceTones[wrong], word: wrong };
  if (call.muted) return { name, tone: 'bad', word: 'muted' };
  if (call.hold !== 'none') return { name, tone: 'waiting', word: 'held' };
  return { name, tone: 'good', word: 'live' };
};

const devices = (phone: PhoneSnapshot | null): DevicesItem => {
  const name = 'devices';
  if (phone === null) return { name, tone: 'idle', word: 'unknown' };
  if (phone.devices.problem === 'no_speaker') return { name, tone: 'bad', word: 'no_speaker' };
  if (phone.devices.handsFree === true) return { name, tone: 'waiting', word: 'hands_free' };
  return { name, tone: 'good', word: 'ready' };
};

/** The best that any of them can do: what one cannot, another may. */
const headset = (phone: PhoneSnapshot | null): HeadsetItem => {
  const name = 'headset';
  const headsets = phone?.headsets ?? [];
  const used = headsets.filter(({ used: isUsed }) => isUsed);
  if (headsets.length === 0) return { name, tone: 'idle', word: 'none' };
  if (used.length === 0) return { name, tone: 'idle', word: 'unused' };
  const [problem] = used.flatMap((each) => each.problem ?? []);
  if (problem !== undefined && used.every((each) => each.problem !== null)) {
    return { name, tone: 'bad', word: problem };
  }
  const isOn = phone?.calls.some(({ state }) => state !== 'ended') ?? false;
  return { name, tone: 'good', word: isOn ? 'in_use' : 'ready' };
};

const lineTones: Readonly<Record<LineWord, StatusTone>> = {
  good: 'good',
  fair: 'waiting',
  bad: 'bad',
};

/** In a call alone, at the end: nothing else moves when it comes. */
const line = (desk: DeskSnapshot, phone: PhoneSnapshot | null): readonly LineItem[] => {
  const call = talking(phone?.calls ?? []);
  if (call?.hold !== 'none') return [];
  const name = 'line';
  const { line: told } = desk;
  return told?.callId === call.callId
    ? [{ name, tone: lineTones[told.word], word: told.word }]
    : [{ name, tone: 'idle', word: 'measuring' }];
};

/** At the end, as something comes: nothing else moves. */
const update = (desk: DeskSnapshot): readonly UpdateItem[] =>
  desk.update?.state === 'ready' ? [{ name: 'update', tone: 'idle', word: 'ready' }] : [];

/** At the end as well, while the machine's power is a danger to the shift. */
const powerItem = (word: PowerWord | null): readonly PowerItem[] =>
  word === null ? [] : [{ name: 'power', tone: word === 'battery_low' ? 'bad' : 'waiting', word }];

export const statusItems = (
  desk: DeskSnapshot,
  phone: PhoneSnapshot | null,
  power: PowerWord | null = null,
): readonly StatusItem[] => [
  signalling(desk, phone),
  backend(desk),
  pbx(desk),
  devices(phone),
  headset(phone),
  microphone(phone),
  ...line(desk, phone),
  ...update(desk),
  ...powerItem(power),
];
