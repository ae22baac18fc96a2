import { setTimeout as pause } from 'node:timers/promises';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import {
  isLegOf,
  type PbxObserver,
  type SeenEvent,
} from '../../../scripts/headless/pbx-observer.ts';

/** One agent's leg as the PBX sees it. */
export type PbxLeg = {
  readonly channel: string;
  /** Epoch ms: the PBX received the first frame of audio from this phone. */
  readonly heardAt: () => Promise<number>;
  /** Epoch ms. */
  readonly endedAt: () => Promise<number>;
};

const ofChannel =
  (wanted: string, channel: string) =>
  (name: string, message: SeenEvent['message']): boolean =>
    name === wanted && field(message, 'channel') === channel;

/** The leg that the PBX makes to this extension after `since`; from now on the PBX reports its audio. */
export const legAtPbx = async (
  pbx: PbxObserver,
  extension: string,
  since: number,
): Promise<PbxLeg> => {
  const made = await pbx.event(`a leg to ${extension}`, isLegOf(extension), { since });
  const channel = field(made.message, 'channel');
  await pbx.reportTalking(channel);
  const at = async (event: string): Promise<number> =>
    (await pbx.event(`${event} of ${channel}`, ofChannel(event, channel), { since: made.at })).at;
  return { channel, heardAt: () => at('ChannelTalkingStart'), endedAt: () => at('Hangup') };
};

/** A pause of many lengths, so that nothing falls in step with a clock of the PBX or of the screen. */
export const unevenPause = (ms: number): Promise<void> => pause(ms * (0.75 + Math.random() / 2));
