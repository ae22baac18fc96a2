import type { HindranceCause } from '../readiness/hindrance.ts';
import type { DeskTrouble } from './missed.ts';

/** What an offer that came all the same is judged by while this stands in the way of Ready. */
export const troubleOfHindrance: Readonly<Record<HindranceCause, DeskTrouble>> = {
  asleep: 'asleep',
  phone_restarting: 'engine_gone',
  no_network: 'no_network',
  not_registered: 'unregistered',
  microphone_denied: 'no_device',
  no_microphone: 'no_device',
  microphone_busy: 'no_device',
  microphone_silent: 'no_device',
  no_speaker: 'no_device',
  ringer_off: 'ring_silent',
  ringer_unheard: 'ring_unheard',
  ringer_silent: 'ring_silent',
  no_media_path: 'no_path',
  disk: 'hindered',
  clock: 'hindered',
  check_due: 'hindered',
  proving: 'hindered',
};
