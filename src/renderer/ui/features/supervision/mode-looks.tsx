import IconEar from '@tabler/icons-react/dist/esm/icons/IconEar.mjs';
import IconMessageCircle from '@tabler/icons-react/dist/esm/icons/IconMessageCircle.mjs';
import IconSpeakerphone from '@tabler/icons-react/dist/esm/icons/IconSpeakerphone.mjs';
import type { SupervisionMode } from '../../../../shared/domain/supervision/join.ts';
import type { Chord } from '../../components/chord.ts';
import type { Tone } from '../../components/Tag.tsx';
import { chords } from '../../state/chords.ts';

/** How each mode looks wherever it is offered. */
export const modeIcons = {
  listen: IconEar,
  whisper: IconMessageCircle,
  barge: IconSpeakerphone,
} as const satisfies Record<SupervisionMode, unknown>;

export const modeTones = {
  listen: 'engaged',
  whisper: 'wrap-up',
  barge: 'danger',
} as const satisfies Record<SupervisionMode, Tone>;

/** Of buttons, by the names of the theme. */
export const modeColors = {
  listen: 'brand',
  whisper: 'wrap-up',
  barge: 'danger',
} as const satisfies Record<SupervisionMode, string>;

export const modeChords = {
  listen: chords.joinListen,
  whisper: chords.joinWhisper,
  barge: chords.joinBarge,
} as const satisfies Record<SupervisionMode, Chord>;
