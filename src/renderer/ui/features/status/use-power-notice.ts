import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../state/announcement-store.ts';
import { usePowerWord, watchBattery } from '../../state/machine-power.ts';
import { giveNotice } from '../../state/notice-store.ts';

/** Says once, in a sentence, that the machine's power is a danger to the shift; the status line goes on saying it. */
export const usePowerNotice = (): void => {
  const { t } = useTranslation();
  const word = usePowerWord();
  useEffect(() => {
    let stop: (() => void) | null = null;
    let left = false;
    void watchBattery().then((end) => {
      if (left) end();
      else stop = end;
    });
    return () => {
      left = true;
      stop?.();
    };
  }, []);
  useEffect(() => {
    if (word === null) return;
    const text = t(`status.help.power.${word}`);
    giveNotice({ tone: 'info', text, detail: null });
    announce(text);
  }, [word, t]);
};
