import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, HeardParty, PbxEvent } from '../pbx.ts';
import { extensionOfChannel } from './agent-channel.ts';
import type { ChannelTable, TrackedChannel } from './channel-table.ts';

type HoldChanged = Extract<PbxEvent, { readonly kind: 'hold_changed' }>;

/** Which lines of an agent are open at once: the phone joins them by itself, and the PBX is not told. */
export type OpenLines = {
  readonly take: (message: AmiMessage, at: number) => readonly HoldChanged[];
  readonly heardWith: (callKey: CallKey, extension: string) => readonly HeardParty[];
};

export const createOpenLines = (table: ChannelTable): OpenLines => {
  const linesOf = (extension: string): readonly TrackedChannel[] =>
    table
      .all()
      .filter(
        (channel) => channel.extension === extension && channel.isUp && channel.leg !== 'unknown',
      );

  const isOpen = (channel: TrackedChannel): boolean => channel.heldAt === null;

  const changed = (extension: string, at: number): readonly HoldChanged[] =>
    [...new Set(linesOf(extension).map(({ callKey }) => callKey))].map((callKey) => ({
      ...{ kind: 'hold_changed', at, callKey, extension },
    }));

  const hasOutsider = ({ bridgeId }: TrackedChannel): boolean =>
    bridgeId !== null && table.ofBridge(bridgeId).some(({ extension }) => extension === null);

  return {
    take: (message, at) => {
      const event = field(message, 'Event');
      if (event === 'Hangup') {
        const extension = extensionOfChannel(field(message, 'Channel'));
        return extension === null ? [] : changed(extension, at);
      }
      if (event !== 'Hold' && event !== 'Unhold' && event !== 'BridgeEnter') return [];
      const channel = table.find(field(message, 'Uniqueid'));
      if (channel === null) return [];
      if (event === 'BridgeEnter') {
        // Somebody came to a second line of an agent's.
        const members = table.ofBridge(field(message, 'BridgeUniqueid'));
        if (members.every(({ extension }) => extension !== null)) return [];
        return members.flatMap(({ extension }) =>
          extension !== null && linesOf(extension).length > 1 ? changed(extension, at) : [],
        );
      }
      channel.heldAt = event === 'Hold' ? at : null;
      channel.openedAt = at;
      return channel.extension === null ? [] : changed(channel.extension, at);
    },
    heardWith: (callKey, extension) => {
      const lines = linesOf(extension).filter(isOpen);
      const own = lines.find((line) => line.callKey === callKey && !line.isConsult);
      if (own === undefined) return [];
      return lines
        .filter((line) => line !== own && hasOutsider(line))
        .map((line) => ({
          callKey: line.callKey,
          since: Math.max(own.openedAt, line.openedAt),
        }));
    },
  };
};
