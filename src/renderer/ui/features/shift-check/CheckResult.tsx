import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckMeasured } from '../../../../shared/domain/shift-check/measured.ts';
import { judgeCheck, type Finding } from '../../../../shared/domain/shift-check/verdict.ts';
import { show, showDesk } from '../../state/view-store.ts';
import { CheckFigures } from './CheckFigures.tsx';
import styles from './CheckPage.module.css';
import { startCheck } from './check-store.ts';
import { toneOfWord } from './check-tones.ts';

/** Where something of this step is put right in the program itself. */
const isOfSound = ({ step }: Finding): boolean =>
  step === 'microphone' || step === 'speaker' || step === 'ringer';

/** One plain verdict and the one thing to put right; everything else behind it. */
export const CheckResult = ({ measured }: { readonly measured: CheckMeasured }) => {
  const { t } = useTranslation();
  const { word, first, findings, skipped } = judgeCheck(measured);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, []);
  const others = findings.slice(1);
  const vpn = measured.machine?.vpn ?? [];
  return (
    <section
      className={styles['card']}
      aria-labelledby="check-verdict"
      data-tone={toneOfWord[word]}
      data-verdict={word}
    >
      <h2 ref={title} id="check-verdict" tabIndex={-1} className={styles['verdict']}>
        {t(`check.verdict.${word}`)}
      </h2>
      {first === null ? (
        <p className={styles['about']}>{t('check.nothing')}</p>
      ) : (
        <div data-first={first.what}>
          <p className={styles['lead']}>{t(`check.finding.${first.what}`)}</p>
          <p className={styles['about']}>{t(`check.fix.${first.what}`)}</p>
          {first.step === 'line' && vpn.length > 0 ? (
            <p className={styles['about']}>{t('check.overVpn', { names: vpn.join(', ') })}</p>
          ) : null}
        </div>
      )}
      {skipped.length === 0 ? null : (
        <p className={styles['about']}>
          {t('check.leftOut', {
            steps: skipped.map((step) => t(`check.step.${step}`)).join(', '),
          })}
        </p>
      )}
      {measured.line?.state === 'not_offered' ? (
        <p className={styles['about']}>{t('check.noLine')}</p>
      ) : null}
      <div className={styles['ways']}>
        <Button onClick={word === 'bad' ? startCheck : showDesk}>
          {t(word === 'bad' ? 'check.again' : 'check.toDesk')}
        </Button>
        <Button variant="light" color="not-ready" onClick={word === 'bad' ? showDesk : startCheck}>
          {t(word === 'bad' ? 'check.toDesk' : 'check.again')}
        </Button>
        {first !== null && isOfSound(first) ? (
          <Button
            variant="light"
            color="not-ready"
            onClick={() => {
              show({ kind: 'settings' });
            }}
          >
            {t('check.soundSettings')}
          </Button>
        ) : null}
      </div>
      <details className={styles['details']}>
        <summary>{t('check.details')}</summary>
        {others.length === 0 ? null : (
          <ul className={styles['others']}>
            {others.map(({ what }) => (
              <li key={what}>
                <strong>{t(`check.finding.${what}`)}</strong> {t(`check.fix.${what}`)}
              </li>
            ))}
          </ul>
        )}
        <CheckFigures measured={measured} />
      </details>
    </section>
  );
};
