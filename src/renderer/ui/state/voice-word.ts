import { notedSeconds, type NotedSeconds } from '../../../shared/domain/line-quality/call-notes.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { usePhone } from '../bridge/phone-store.ts';

/** What is wrong with the agent's voice in this call; null: nothing that is known. */
export const voiceWord = (
  phone: Pick<PhoneSnapshot, 'voice'> | null,
  callId: string | null,
): NotedSeconds | null => {
  const voice = phone?.voice ?? null;
  return voice !== null && voice.callId === callId ? voice.word : null;
};

export const useVoiceWord = (callId: string | null): NotedSeconds | null =>
  usePhone((phone) => voiceWord(phone, callId));

export const isVoiceWord = (word: string): word is NotedSeconds =>
  notedSeconds.some((known) => known === word);
