import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckStep } from '../../../../shared/domain/shift-check/measured.ts';
import type { CheckPrompt as Prompt, CheckRun } from '../../../../shared/ipc/shift-check.ts';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import styles from './CheckPage.module.css';
import { onCheckLevel, sayOfStep, stopCheck } from './check-store.ts';

const stepOf: Readonly<Record<Prompt, CheckStep>> = {
  quiet: 'microphone',
  speak: 'microphone',
  listen: 'speaker',
  heard_tone: 'speaker',
  ringing: 'ringer',
  heard_ring: 'ringer',
  line: 'line',
};

/** What is asked of the agent now. It takes the focus as it changes: whoever began the check waits for it. */
export const CheckPrompt = ({ run }: { readonly run: CheckRun }) => {
  const { t } = useTranslation();
  const { prompt } = run;
  const card = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    // Somebody who went elsewhere in the window is left there.
    const isElsewhere =
      activeElement !== document.body && card.current?.contains(activeElement) !== true;
    if (!isElsewhere) (yes.current ?? title.current)?.focus();
  }, [prompt]);
  const asks = prompt === 'heard_tone' || prompt === 'heard_ring';
  const hears = prompt === 'quiet' || prompt === 'speak';
  return (
    <section
      ref={card}
      className={styles['card']}
      aria-labelledby="check-prompt"
      data-prompt={prompt}
    >
      <h2 ref={title} id="check-prompt" tabIndex={-1} className={styles['lead']}>
        {t(`check.prompt.${prompt ?? 'line'}`)}
      </h2>
      <p className={styles['about']}>{t(`check.promptHelp.${prompt ?? 'line'}`)}</p>
      {/* Its place is kept: nothing moves from one question to the next. */}
      <div className={styles['place']}>
        {hears ? <LevelMeter source="check" subscribe={onCheckLevel} wide /> : null}
        {asks ? (
          <>
            <Button
              ref={yes}
              color="ready"
              onClick={() => {
                sayOfStep(stepOf[prompt], 'yes');
              }}
            >
              {t('check.yes')}
            </Button>
            <Button
              variant="light"
              color="not-ready"
              onClick={() => {
                sayOfStep(stepOf[prompt], 'no');
              }}
            >
              {t('check.no')}
            </Button>
          </>
        ) : null}
      </div>
      <div className={styles['ways']}>
        <Button
          variant="subtle"
          color="not-ready"
          size="compact-sm"
          disabled={prompt === null}
          onClick={() => {
            if (prompt !== null) sayOfStep(stepOf[prompt], 'skip');
          }}
        >
          {t('check.skip')}
        </Button>
        <Button variant="subtle" color="not-ready" size="compact-sm" onClick={stopCheck}>
          {t('check.stop')}
        </Button>
      </div>
    </section>
  );
};
