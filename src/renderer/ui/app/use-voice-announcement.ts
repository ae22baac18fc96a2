import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../bridge/phone-store.ts';
import { announce } from '../state/announcement-store.ts';

/** Tells screen readers what is wrong with the agent's voice, each thing once a call. */
export const useVoiceAnnouncement = (): void => {
  const { t } = useTranslation();
  const callId = usePhone((phone) => phone?.voice?.callId ?? null);
  const word = usePhone((phone) => phone?.voice?.word ?? null);
  const said = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (callId === null || word === null) return;
    const key = `${callId} ${word}`;
    if (said.current.has(key)) return;
    said.current = new Set([...said.current, key].slice(-20));
    announce(`${t(`call.voice.${word}`)}. ${t(`call.voiceHelp.${word}`)}`);
  }, [callId, word, t]);
};
