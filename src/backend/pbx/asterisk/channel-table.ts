import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey } from '../pbx.ts';
import { extensionOfChannel } from './agent-channel.ts';
import { isComfortChannel } from './comfort-channel.ts';
import { joinIdOfChannel } from './join-channel.ts';

export type TrackedChannel = {
  readonly name: string;
  readonly uniqueId: string;
  readonly linkedId: string;
  /** null: not an agent's. */
  readonly extension: string | null;
  callKey: CallKey;
  isUp: boolean;
  /** Epoch ms of the server's clock; null: nothing was told of it yet. */
  begunAt: number | null;
  /** How an agent's channel came to be; unknown until the dialplan or a dial event said so. */
  leg: 'unknown' | 'offered' | 'dialed';
  /**
   * Of a consult: the asking agent's, or the colleague's until the customer's channel is in one bridge with it. Who has
   * only such channels of a call does not hear the customer.
   */
  isConsult: boolean;
  /** The customer's call that an agent was joined with in another call than it. */
  receivedCall: CallKey | null;
  /** Epoch ms since when its phone has it on hold; null: it has not, as far as the PBX told. */
  heldAt: number | null;
  /** Epoch ms since when it is as it is: answered, held or taken back; 0: since before this process. */
  openedAt: number;
  /** The bridge in which it is; null: in none. */
  bridgeId: string | null;
  /** The caller's place in a queue. */
  waiting: { readonly queue: string; readonly abandoned: boolean } | null;
};

export type ChannelTable = {
  /** The channel with this id; made on first sight. */
  readonly add: (name: string, uniqueId: string, linkedId: string) => TrackedChannel;
  /**
   * The channel that an event speaks of, by its `Channel`, `Uniqueid`, `Linkedid` headers with this prefix; null also for
   * a supervisor's line and for music, which are no part of a call.
   */
  readonly see: (message: AmiMessage, prefix: '' | 'Dest' | 'Parkee') => TrackedChannel | null;
  readonly find: (uniqueId: string) => TrackedChannel | null;
  /** Gives the channel, and later ones of its linked id, another call key. '' changes nothing. */
  readonly rename: (channel: TrackedChannel, callKey: CallKey) => void;
  /**
   * The same, on the word of an agent's phone, which may say anything: the name of a call that others have is not given,
   * or the phone would get that customer's record.
   */
  readonly claim: (channel: TrackedChannel, callKey: CallKey) => void;
  readonly remove: (channel: TrackedChannel) => void;
  readonly ofCall: (callKey: CallKey) => readonly TrackedChannel[];
  /** This agent's channels of the call: one, or two while a colleague is asked about it. */
  readonly ofLeg: (callKey: CallKey, extension: string) => readonly TrackedChannel[];
  readonly ofBridge: (bridgeId: string) => readonly TrackedChannel[];
  readonly all: () => readonly TrackedChannel[];
};

/** The channels that exist at the PBX, and which call each belongs to. */
export const createChannelTable = (): ChannelTable => {
  const byId = new Map<string, TrackedChannel>();
  const byCall = new Map<CallKey, Set<TrackedChannel>>();
  const keyOfLinkedId = new Map<string, CallKey>();
  /** Linked ids that keep their own name as call key, whatever the dialplan repeats of the phone's. */
  const ownName = new Set<string>();

  const join = (channel: TrackedChannel): void => {
    const members = byCall.get(channel.callKey);
    if (members === undefined) byCall.set(channel.callKey, new Set([channel]));
    else members.add(channel);
  };

  const leave = (channel: TrackedChannel): void => {
    const members = byCall.get(channel.callKey);
    members?.delete(channel);
    if (members?.size === 0) byCall.delete(channel.callKey);
  };

  const add = (name: string, uniqueId: string, linkedId: string): TrackedChannel => {
    const known = byId.get(uniqueId);
    if (known !== undefined) return known;
    const channel: TrackedChannel = {
      name,
      uniqueId,
      linkedId,
      extension: extensionOfChannel(name),
      callKey: keyOfLinkedId.get(linkedId) ?? linkedId,
      isUp: false,
      begunAt: null,
      leg: 'unknown',
      isConsult: false,
      receivedCall: null,
      heldAt: null,
      openedAt: 0,
      bridgeId: null,
      waiting: null,
    };
    byId.set(uniqueId, channel);
    join(channel);
    return channel;
  };

  const rename = (channel: TrackedChannel, callKey: CallKey): void => {
    if (callKey === '' || callKey === channel.callKey || ownName.has(channel.linkedId)) return;
    leave(channel);
    channel.callKey = callKey;
    keyOfLinkedId.set(channel.linkedId, callKey);
    join(channel);
  };

  return {
    add,
    see: (message, prefix) => {
      const uniqueId = field(message, `${prefix}Uniqueid`);
      if (uniqueId === '' || joinIdOfChannel(uniqueId) !== null || isComfortChannel(uniqueId))
        return null;
      return add(
        field(message, `${prefix}Channel`),
        uniqueId,
        field(message, `${prefix}Linkedid`) || uniqueId,
      );
    },
    find: (uniqueId) => byId.get(uniqueId) ?? null,
    rename,
    claim: (channel, callKey) => {
      const members = [...(byCall.get(callKey) ?? [])];
      const hasPart = members.some(
        ({ extension, linkedId }) =>
          extension === channel.extension || linkedId === channel.linkedId,
      );
      if (members.length > 0 && !hasPart) ownName.add(channel.linkedId);
      else rename(channel, callKey);
    },
    remove: (channel) => {
      byId.delete(channel.uniqueId);
      leave(channel);
      if (![...byId.values()].some(({ linkedId }) => linkedId === channel.linkedId)) {
        keyOfLinkedId.delete(channel.linkedId);
        ownName.delete(channel.linkedId);
      }
    },
    ofCall: (callKey) => [...(byCall.get(callKey) ?? [])],
    ofLeg: (callKey, extension) =>
      [...(byCall.get(callKey) ?? [])].filter(
        (channel) => channel.extension === extension && channel.leg !== 'unknown',
      ),
    ofBridge: (bridgeId) => [...byId.values()].filter((channel) => channel.bridgeId === bridgeId),
    all: () => [...byId.values()],
  };
};
