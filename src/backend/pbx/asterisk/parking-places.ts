import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, PbxEvent } from '../pbx.ts';
import { isExtension } from './agent-channel.ts';
import { callerName, callerNumber } from './caller-text.ts';
import type { ChannelTable } from './channel-table.ts';

/** The lot of res_parking.conf. */
const LOT = 'ringside';

/** A parked channel as `ParkedCalls` lists it. */
export type ParkedChannel = {
  readonly slot: string;
  readonly uniqueId: string;
  readonly ageMs: number;
  readonly remoteNumber: string;
  readonly remoteName: string;
};

export type ParkingPlace = {
  readonly callKey: CallKey;
  readonly uniqueId: string;
  readonly remote: { readonly number: string; readonly name: string };
};

const parkedChannel = (message: AmiMessage): ParkedChannel => ({
  slot: field(message, 'ParkingSpace'),
  uniqueId: field(message, 'ParkeeUniqueid'),
  ageMs: Number(field(message, 'ParkingDuration')) * 1_000 || 0,
  remoteNumber: callerNumber(field(message, 'ParkeeCallerIDNum')),
  remoteName: callerName(field(message, 'ParkeeCallerIDName')),
});

export const parkedChannels = (list: readonly AmiMessage[]): readonly ParkedChannel[] =>
  list
    .filter((message) => field(message, 'Event') === 'ParkedCall')
    .filter((message) => field(message, 'Parkinglot') === LOT)
    .map(parkedChannel);

/** Who is parked where, by the PBX's word alone: a phone may name any place and any call. */
export type ParkingPlaces = {
  readonly take: (message: AmiMessage, at: number) => readonly PbxEvent[];
  readonly resync: (parked: readonly ParkedChannel[], at: number) => readonly PbxEvent[];
  /** Who parked this channel, as the dialplan says: a moment before or after the place is told of. */
  readonly parkedBy: (uniqueId: string, extension: string, at: number) => readonly PbxEvent[];
  readonly at: (slot: string) => ParkingPlace | null;
};

export const createParkingPlaces = (table: ChannelTable): ParkingPlaces => {
  const places = new Map<string, ParkingPlace>();
  const parkers = new Map<string, string>();

  const fill = (seen: ParkedChannel, at: number): readonly PbxEvent[] => {
    const { slot, uniqueId, remoteNumber, remoteName } = seen;
    const channel = table.find(uniqueId);
    if (channel === null || slot === '' || places.get(slot)?.uniqueId === uniqueId) return [];
    const { callKey } = channel;
    places.set(slot, { callKey, uniqueId, remote: { number: remoteNumber, name: remoteName } });
    const extension = parkers.get(uniqueId) ?? null;
    return [{ kind: 'parked', at, callKey, slot, extension, since: at - seen.ageMs }];
  };

  const empty = (slot: string, at: number): readonly PbxEvent[] => {
    const place = places.get(slot);
    if (place === undefined) return [];
    places.delete(slot);
    parkers.delete(place.uniqueId);
    return [{ kind: 'unparked', at, callKey: place.callKey }];
  };

  return {
    take: (message, at) => {
      if (field(message, 'Parkinglot') !== LOT) return [];
      switch (field(message, 'Event')) {
        case 'ParkedCall':
          table.see(message, 'Parkee');
          return fill({ ...parkedChannel(message), ageMs: 0 }, at);
        case 'UnParkedCall':
        case 'ParkedCallTimeOut':
        case 'ParkedCallGiveUp':
          return empty(field(message, 'ParkingSpace'), at);
        default:
          return [];
      }
    },
    resync: (parked, at) => {
      const gone = [...places].filter(
        ([slot, { uniqueId }]) =>
          !parked.some((seen) => seen.slot === slot && seen.uniqueId === uniqueId),
      );
      return [
        ...gone.flatMap(([slot]) => empty(slot, at)),
        ...parked.flatMap((seen) => fill(seen, at)),
      ];
    },
    parkedBy: (uniqueId, extension, at) => {
      if (!isExtension(extension) || parkers.get(uniqueId) === extension) return [];
      parkers.set(uniqueId, extension);
      return [...places]
        .filter(([, place]) => place.uniqueId === uniqueId)
        .map(([slot, { callKey }]) => ({
          kind: 'parked',
          at,
          callKey,
          slot,
          extension,
          since: at,
        }));
    },
    at: (slot) => places.get(slot) ?? null,
  };
};
