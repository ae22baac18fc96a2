import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import { field } from '../ami/ami-message.ts';
import type { CallKey, PbxFailure } from '../pbx.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';
import { COMFORT_PREFIX, isComfortChannel } from './comfort-channel.ts';

/** resources/pbx/etc/extensions.conf: no phone can dial or transfer there. */
const CONTEXT = 'ringside-comfort';
/** On the channel that joins the bridge: whose bridge. */
const COMFORTED_VARIABLE = 'RINGSIDE_COMFORTED';
/** Packets that came from the phone, as the PBX counts them. */
const RECEIVED = 'CHANNEL(rtcp,rxcount)';
/** What Asterisk says (main/manager.c) of a channel that is gone, or is not there yet. */
const NO_CHANNEL = 'No such channel';
/** While music plays: the next report of the sound (`rtcpinterval`) would be up to two seconds late. */
const LISTEN_EVERY_MS = 250;
const MADE_WITHIN_MS = 300;

/** Music for a customer whose agent is not heard. */
export type Comfort = {
  readonly set: (
    callKey: CallKey,
    extension: string,
    isOn: boolean,
  ) => Promise<Result<null, PbxFailure>>;
  /** Whoever else is in the bridge would stay with the music alone. */
  readonly partyLeft: (callKey: CallKey) => void;
  /** Brings it in line with the channels that there are: what an earlier process left is ended. */
  readonly align: (uniqueIds: readonly string[]) => void;
};

type Playing = { readonly id: string; readonly callKey: CallKey };

/**
 * The music comes from a channel of its own that joins the bridge of agent and customer: their channels, the queue's call
 * and the recording stay as they are, and both hear each other as soon as the agent is back.
 */
export const createComfort = (
  ami: Pick<AmiClient, 'send'>,
  channelsOf: (callKey: CallKey) => readonly CallChannel[],
  arrives: (uniqueId: string) => void,
): Comfort => {
  /** By `extension callKey`. */
  const playing = new Map<string, Playing>();

  const hangUp = async (id: string): Promise<Result<null, PbxFailure>> => {
    const end = () => ami.send('Hangup', [['Channel', id]]);
    let ended = await end();
    if (!ended.ok && ended.why.message.includes(NO_CHANNEL)) {
      // It was asked for a moment ago and is about to be made, or it is over.
      await wait(MADE_WITHIN_MS);
      ended = await end();
    }
    if (ended.ok || ended.why.message.includes(NO_CHANNEL)) return success(null);
    return failure(pbxFailure(ended.why));
  };

  const stop = async (name: string): Promise<Result<null, PbxFailure>> => {
    const music = playing.get(name);
    if (music === undefined) return success(null);
    playing.delete(name);
    return hangUp(music.id);
  };

  const received = async (channel: CallChannel): Promise<number | null> => {
    const answer = await ami.send('Getvar', [
      ['Channel', channel.name],
      ['Variable', RECEIVED],
    ]);
    const count = answer.ok ? Number.parseInt(field(answer.value, 'Value'), 10) : Number.NaN;
    return Number.isNaN(count) ? null : count;
  };

  const listen = async (name: string, channel: CallChannel): Promise<void> => {
    let before: number | null = null;
    const music = playing.get(name);
    while (music !== undefined && playing.get(name) === music) {
      const count = await received(channel);
      if (count === null) return;
      if (before !== null && count > before) {
        arrives(channel.uniqueId);
        return;
      }
      before = count;
      await wait(LISTEN_EVERY_MS);
    }
  };

  const start = async (
    name: string,
    callKey: CallKey,
    extension: string,
  ): Promise<Result<null, PbxFailure>> => {
    if (playing.has(name)) return success(null);
    const channel = channelsOf(callKey).find(
      (each) => each.extension === extension && each.isUp && !each.isConsult,
    );
    if (channel === undefined)
      return failure({ code: 'no_such_call', message: 'the agent is not in this call' });
    const id = `${COMFORT_PREFIX}${randomUUID()}`;
    playing.set(name, { id, callKey });
    const made = await ami.send('Originate', [
      ['Channel', `Local/music@${CONTEXT}/n`],
      ['ChannelId', id],
      ['OtherChannelId', `${id}-2`],
      ['Context', CONTEXT],
      ['Exten', 'join'],
      ['Priority', '1'],
      ['Variable', `${COMFORTED_VARIABLE}=${channel.name}`],
      ['Async', 'true'],
    ]);
    if (!made.ok) {
      playing.delete(name);
      return failure(pbxFailure(made.why));
    }
    void listen(name, channel);
    return success(null);
  };

  return {
    set: (callKey, extension, isOn) => {
      const name = `${extension} ${callKey}`;
      return isOn ? start(name, callKey, extension) : stop(name);
    },
    partyLeft: (callKey) => {
      for (const [name, music] of playing) if (music.callKey === callKey) void stop(name);
    },
    align: (uniqueIds) => {
      for (const [name, { id }] of playing) if (!uniqueIds.includes(id)) playing.delete(name);
      const own = new Set([...playing.values()].map(({ id }) => id));
      for (const id of uniqueIds) {
        const isOwn = own.has(id) || own.has(id.slice(0, -2));
        if (isComfortChannel(id) && !isOwn) void hangUp(id);
      }
    },
  };
};
