import type { EngineSetup } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import { textOf } from '../log.ts';
import type { ToneName } from '../media/tones.ts';
import { prepareTones } from '../media/tones.ts';
import { playEverywhere } from '../media/play-everywhere.ts';
import type { DeviceChoice } from '../devices/device-choice.ts';
import type { PhoneState, PhoneStore } from '../phone-state.ts';
import { createRingAccount } from './ring-account.ts';

const busyToneMs = 3_000;
/** The call and its record go to the screen first: opening a sound device takes the processor for some milliseconds. */
const ringAfterMs = 60;
/** After the start, before the first call. */
const prepareAfterMs = 300;

type Sound = {
  readonly tone: ToneName;
  readonly to: 'ringer' | 'speaker';
  readonly volume: number;
};

/** What the agent should hear beside the calls themselves. */
export const soundFor = (
  calls: PhoneState['calls'],
  ringVolume: number,
  isQuiet: (callId: string) => boolean = () => false,
): Sound | null => {
  const talking = calls.some(({ state }) => state === 'connected' || state === 'answering');
  if (calls.some(({ callId, state }) => state === 'offered' && !isQuiet(callId))) {
    return { tone: talking ? 'waiting' : 'ring', to: 'ringer', volume: ringVolume };
  }
  if (calls.some((call) => call.state === 'alerting' && !call.earlyMedia)) {
    return { tone: 'ringback', to: 'speaker', volume: 1 };
  }
  return null;
};

const endedBusy = (now: PhoneState, before: PhoneState): boolean =>
  now.calls.some(
    (call) =>
      call.state === 'ended' &&
      call.end.outcome === 'busy' &&
      before.calls.some(({ callId, state }) => callId === call.callId && state !== 'ended'),
  );

/** Rings, unless a call is told of in another way, and lets a dialling agent hear how it goes. */
export const ringFor = (ports: {
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
  readonly devices: Pick<DeviceChoice, 'speakerId' | 'ringerIds' | 'everySpeakerId'>;
  readonly isQuiet: (callId: string) => boolean;
  /** These calls ring, and are heard (null) or not. */
  readonly onRang: (callIds: readonly string[], silence: RingSilence | null) => void;
  readonly log: Logger;
}): void => {
  const { store, setup, devices, isQuiet, log } = ports;
  let playing: { readonly key: string; readonly stop: () => void } | null = null;
  const tellRing = createRingAccount(store, isQuiet, ports.onRang);

  const play = (sound: Sound | null) => {
    const to =
      sound === null ? [] : sound.to === 'ringer' ? devices.ringerIds() : [devices.speakerId()];
    const key = sound === null ? '' : JSON.stringify([sound, to]);
    if (key === (playing?.key ?? '')) return;
    playing?.stop();
    playing = null;
    tellRing(undefined);
    if (sound === null) return;
    let stop: (() => void) | null = null;
    const onHeard = sound.to === 'ringer' ? tellRing : undefined;
    const start = () => {
      try {
        stop = playEverywhere(sound, to, {
          // A call must not be missed because one device is dead.
          instead: sound.to === 'ringer' ? devices.everySpeakerId : () => [],
          onHeard: onHeard ?? (() => undefined),
          log,
        });
      } catch (error) {
        log.warn('tone failed', { error: textOf(error) });
        onHeard?.('not_playing');
      }
    };
    const timer = setTimeout(start, sound.tone === 'ring' ? ringAfterMs : 0);
    playing = {
      key,
      stop: () => {
        clearTimeout(timer);
        stop?.();
      },
    };
  };

  setTimeout(prepareTones, prepareAfterMs);
  store.subscribe((now, before) => {
    const sound = soundFor(now.calls, setup().ringVolume, isQuiet);
    if (sound === null && endedBusy(now, before)) {
      play({ tone: 'busy', to: 'speaker', volume: 1 });
      const busy = playing;
      setTimeout(() => {
        if (playing === busy) play(null);
      }, busyToneMs);
      return;
    }
    // A busy tone runs out by itself.
    if (sound === null && playing !== null && now.calls === before.calls) return;
    play(sound);
  });
};
