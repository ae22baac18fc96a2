import type { TFunction } from 'i18next';
import {
  processingFor,
  steppedVolume,
  withProcessing,
  type VoiceProcessing,
} from '../../../../shared/domain/sound/sound-settings.ts';
import type { Settings } from '../../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../../shared/ipc/phone.ts';
import { localeOf } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order, orderPhone } from '../../state/orders.ts';

/** The microphone that is used, or would be, by name; null: there is none. */
export const microphoneName = (phone: PhoneSnapshot | null): string | null =>
  phone?.devices.inUse?.microphone?.label ?? null;

export const volumeOf = (phone: PhoneSnapshot | null, callId: string): number =>
  phone?.sound?.volumes[callId] ?? 0;

type Treated = Pick<Settings, 'sound' | 'audioProcessing'>;

export const processingOf = (
  { sound, audioProcessing }: Treated,
  microphone: string | null,
): VoiceProcessing => processingFor(sound, audioProcessing, microphone);

/** Decibels as people read them, with their sign. */
export const decibels = (value: number, locale: string): string =>
  `${new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value)} dB`;

export const stepVolume = async (
  callId: string,
  volumeDb: number,
  way: 'louder' | 'quieter',
  t: TFunction,
  language: string,
): Promise<void> => {
  const next = steppedVolume(volumeDb, way);
  const done = await orderPhone({ kind: 'set_volume', callId, volumeDb: next });
  if (done !== null) {
    announce(t('sound.volumeNow', { volume: decibels(next, localeOf(language)) }));
  }
};

export const tellLoud = async (callId: string, t: TFunction): Promise<void> => {
  const done = await orderPhone({ kind: 'was_loud', callId });
  if (done !== null) giveNotice({ tone: 'info', text: t('sound.loudKept'), detail: null });
};

export const putProcessing = (
  { sound, audioProcessing }: Treated,
  microphone: string,
  part: Partial<VoiceProcessing>,
): void => {
  const processing = { ...processingFor(sound, audioProcessing, microphone), ...part };
  void order('settings.change', { sound: withProcessing(sound, microphone, processing) });
};

export const toggleSuppression = (settings: Treated, microphone: string, t: TFunction): void => {
  const strongSuppression = !processingOf(settings, microphone).strongSuppression;
  putProcessing(settings, microphone, { strongSuppression });
  announce(t(strongSuppression ? 'sound.suppressionOn' : 'sound.suppressionOff'));
};
