import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sound, startSound } from '../../../scripts/display/pulseaudio.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { agentToneHz } from '../engine-page/far-end.ts';
import { type PhoneBed, startPhoneBed } from '../engine-page/phone-bed.ts';
import { bringToLife, type LivingHeadset } from './firmware.ts';
import { headsetBed } from './headset-bed.ts';
import type { HeadsetModel } from './headset-model.ts';

/** A phone with headsets, a PBX, and an agent who says one tone for ever. */
export type HeadsetPhone = PhoneBed & {
  readonly headsets: readonly LivingHeadset[];
  readonly sound: Sound;
};

/** Of full scale: a voice. */
const voiceVolume = '60%';

/**
 * With a sound server of its own: without one Chromium looks for sound cards one by one at each use of the microphone,
 * and under the bed each look takes its time.
 */
export const startHeadsetPhone = async (
  ...models: readonly HeadsetModel[]
): Promise<HeadsetPhone> => {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-headset-phone-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const sound = await startSound({ logDir: folder });
    closing.push(sound.stop);
    for (const order of [
      ['set-sink-volume', 'headset_mic_feed', voiceVolume],
      ['load-module', 'module-sine', 'sink=headset_mic_feed', `frequency=${agentToneHz}`],
    ]) {
      const { code, output } = await runProgram('pactl', order, { env: sound.env });
      if (code !== 0) throw new Error(`pactl ${order.join(' ')}: ${output}`);
    }
    const devices = await headsetBed(...models);
    closing.push(devices.stop);
    const bed = await startPhoneBed({ sound: sound.env, headsets: devices.env });
    closing.push(bed.stop);
    return { ...bed, sound, headsets: devices.headsets.map(bringToLife), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
