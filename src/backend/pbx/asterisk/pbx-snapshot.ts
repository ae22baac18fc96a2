import { field, fields } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, QueueMember } from '../pbx.ts';
import { extensionOfInterface } from './agent-channel.ts';
import { callerName, callerNumber } from './caller-text.ts';
import { joinIdOfChannel } from './join-channel.ts';
import type { ParkedChannel } from './parking-places.ts';

/** What a supervisor's line hears. */
export type SnapshotJoin = {
  /** The agent's channel. */
  readonly spiedId: string;
  readonly agentExtension: string;
  readonly callKey: CallKey;
  /** It hears that channel now, rather than waiting for the next. */
  readonly isSpying: boolean;
};

/** A channel as `Status` lists it. */
export type SnapshotChannel = {
  readonly name: string;
  readonly uniqueId: string;
  readonly linkedId: string;
  readonly isUp: boolean;
  /** It was called, and said that it rings. */
  readonly isRinging: boolean;
  /** Rounded down to a second. */
  readonly ageMs: number;
  /** The PBX called this channel (rather than being called by it). */
  readonly wasCalled: boolean;
  readonly dialed: string;
  readonly remoteNumber: string;
  readonly remoteName: string;
  /** Our own channel variables; '' where absent. */
  readonly callKey: string;
  readonly queue: string;
  /** It began as a consult, the asking agent's half or the colleague's. */
  readonly isConsult: boolean;
  /** To whom it goes back from a transfer or a parking place; '' where nobody handed it over. */
  readonly returnTo: string;
  /** '' when in none. */
  readonly bridgeId: string;
  readonly recordingId: string;
  readonly mixMonitorId: string;
  readonly recordingOwner: string;
  /** What the caller answered by keypad; '' where nothing was said. */
  readonly said: string;
  /** Of a supervisor's line; null on any other. */
  readonly join: SnapshotJoin | null;
};

export type SnapshotQueueEntry = {
  readonly queue: string;
  readonly uniqueId: string;
  readonly remoteNumber: string;
  readonly remoteName: string;
};

/** All that the PBX knows of calls at one moment. */
export type PbxSnapshot = {
  readonly channels: readonly SnapshotChannel[];
  readonly queueEntries: readonly SnapshotQueueEntry[];
  readonly parked: readonly ParkedChannel[];
};

export const CALL_VARIABLE = 'RINGSIDE_CALL';
export const QUEUE_VARIABLE = 'RINGSIDE_QUEUE';
const CONSULT_VARIABLE = 'RINGSIDE_CONSULT';
const RETURN_VARIABLE = 'RINGSIDE_RETURN_TO';
/** What the dialplan leaves on the customer's channel. */
const SAID_VARIABLE = 'RINGSIDE_SAID';
export const RECORDING_VARIABLE = 'RINGSIDE_RECORDING';
export const MIX_MONITOR_VARIABLE = 'RINGSIDE_MIX_MONITOR';
/** Which backend began the recording. */
export const OWNER_VARIABLE = 'RINGSIDE_RECORDING_BY';
/** What a supervisor's line hears (`ringside-supervise` in extensions.conf). */
export const SPIED_VARIABLE = 'RINGSIDE_SPIED';
export const SUPERVISED_VARIABLE = 'RINGSIDE_SUPERVISED';
export const SUPERVISED_CALL_VARIABLE = 'RINGSIDE_SUPERVISED_CALL';

export const STATUS_HEADERS = [
  [
    'Variables',
    [
      CALL_VARIABLE,
      QUEUE_VARIABLE,
      CONSULT_VARIABLE,
      RETURN_VARIABLE,
      RECORDING_VARIABLE,
      MIX_MONITOR_VARIABLE,
      OWNER_VARIABLE,
      SAID_VARIABLE,
      SPIED_VARIABLE,
      SUPERVISED_VARIABLE,
      SUPERVISED_CALL_VARIABLE,
    ].join(','),
  ],
] as const;

/** Status answers `Variable: name=value`, and `(null)` where the channel has none. */
const variable = (message: AmiMessage, name: string): string => {
  const found = fields(message, 'Variable').find((text) => text.startsWith(`${name}=`));
  const value = found?.slice(name.length + 1) ?? '';
  return value === '(null)' ? '' : value;
};

/** Applications that Asterisk names on channels which it called itself. */
const CALLED_BY = new Set(['AppDial', 'AppDial2', 'AppQueue']);

const snapshotChannel = (message: AmiMessage): SnapshotChannel => ({
  name: field(message, 'Channel'),
  uniqueId: field(message, 'Uniqueid'),
  linkedId: field(message, 'Linkedid'),
  isUp: field(message, 'ChannelState') === '6',
  isRinging: field(message, 'ChannelState') === '5',
  ageMs: Number(field(message, 'Seconds')) * 1_000,
  wasCalled: CALLED_BY.has(field(message, 'Application')),
  dialed: field(message, 'Exten'),
  remoteNumber: callerNumber(field(message, 'ConnectedLineNum')),
  remoteName: callerName(field(message, 'ConnectedLineName')),
  callKey: variable(message, CALL_VARIABLE),
  queue: variable(message, QUEUE_VARIABLE),
  isConsult: variable(message, CONSULT_VARIABLE) === '1',
  returnTo: variable(message, RETURN_VARIABLE),
  bridgeId: field(message, 'BridgeID'),
  recordingId: variable(message, RECORDING_VARIABLE),
  mixMonitorId: variable(message, MIX_MONITOR_VARIABLE),
  recordingOwner: variable(message, OWNER_VARIABLE),
  said: variable(message, SAID_VARIABLE),
  join:
    joinIdOfChannel(field(message, 'Uniqueid')) === null
      ? null
      : {
          spiedId: variable(message, SPIED_VARIABLE),
          agentExtension: variable(message, SUPERVISED_VARIABLE),
          callKey: variable(message, SUPERVISED_CALL_VARIABLE),
          isSpying: field(message, 'Application') === 'ChanSpy',
        },
});

export const snapshotChannels = (status: readonly AmiMessage[]): readonly SnapshotChannel[] =>
  status.filter((message) => field(message, 'Event') === 'Status').map(snapshotChannel);

/** A member of one of the queue events, or null where it is not one of our agents. */
export const queueMember = (message: AmiMessage): QueueMember | null => {
  const extension = extensionOfInterface(field(message, 'Interface') || field(message, 'Location'));
  if (extension === null) return null;
  return {
    queue: field(message, 'Queue'),
    extension,
    paused: field(message, 'Paused') === '1',
    pauseReason: field(message, 'PausedReason'),
  };
};

export const queueMembers = (queueStatus: readonly AmiMessage[]): readonly QueueMember[] =>
  queueStatus
    .filter((message) => field(message, 'Event') === 'QueueMember')
    .map(queueMember)
    .filter((member) => member !== null);

export const queueEntries = (queueStatus: readonly AmiMessage[]): readonly SnapshotQueueEntry[] =>
  queueStatus
    .filter((message) => field(message, 'Event') === 'QueueEntry')
    .map((message) => ({
      queue: field(message, 'Queue'),
      uniqueId: field(message, 'Uniqueid'),
      remoteNumber: callerNumber(field(message, 'CallerIDNum')),
      remoteName: callerName(field(message, 'CallerIDName')),
    }));
