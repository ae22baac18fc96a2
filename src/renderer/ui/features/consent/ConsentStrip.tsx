import IconMessageQuestion from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import { useTranslation } from 'react-i18next';
import type { ConsentFactKind } from '../../../../shared/domain/consent/consent.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import type { Chord } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import type { Work } from '../../state/work.ts';
import { recordConsent, useOwnConsent } from './consent-orders.ts';
import { consentView, nextConsentFacts } from './consent-view.ts';
import styles from './ConsentStrip.module.css';
import { RecordingState } from './RecordingState.tsx';
import { useWording } from './use-wording.ts';

const buttonChords: Partial<Record<ConsentFactKind, Chord>> = {
  asked: chords.askConsent,
  granted: chords.consentGranted,
  refused: chords.consentRefused,
};

/**
 * Whether the call may be recorded, and whether it is. It never moves: always the foot of the call. Where nothing can be
 * recorded nobody is asked: an answer about a recording that will not be made is no use, and a word kept about a person.
 */
export const ConsentStrip = ({ work }: { readonly work: Work }) =>
  useCapabilities().recording ? <Consent work={work} /> : <NoRecording />;

const NoRecording = () => {
  const { t } = useTranslation();
  return (
    <section
      className={styles['strip']}
      aria-label={t('consent.region')}
      data-recording="impossible"
    >
      <div className={styles['words']}>
        <p className={styles['state']}>
          <span className={styles['consent']}>{t('consent.impossible')}</span>
        </p>
      </div>
    </section>
  );
};

const Consent = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const own = useOwnConsent(({ latest }) => latest[work.callId] ?? null);
  const { state, unconfirmed } = consentView(work.card, own);
  const wording = useWording(work);
  const facts = work.stage === 'live' ? nextConsentFacts(state) : [];
  return (
    <section
      className={styles['strip']}
      aria-label={t('consent.region')}
      data-consent={state}
      data-recording={work.card?.recording.state ?? 'off'}
    >
      <div className={styles['words']} role="status">
        <p className={styles['state']}>
          <RecordingState recording={work.card?.recording ?? { state: 'off' }} />
          <span className={styles['consent']}>
            {t(
              work.stage === 'ringing' || work.stage === 'outgoing'
                ? 'consent.notYet'
                : `consent.state.${state}`,
            )}
          </span>
        </p>
        {state === 'asked' && work.stage === 'live' ? (
          <p className={styles['wording']} lang={wording.language}>
            <IconMessageQuestion size={16} aria-hidden="true" />
            {wording.text}
          </p>
        ) : null}
        {work.card?.recording.state === 'failed' ? (
          <p className={styles['failed']}>{t(`recording.why.${work.card.recording.why}`)}</p>
        ) : null}
        {unconfirmed ? <p className={styles['unconfirmed']}>{t('consent.unconfirmed')}</p> : null}
      </div>
      <div className={styles['buttons']}>
        {facts.map((kind) => {
          const chord = buttonChords[kind];
          return (
            <ActionButton
              key={kind}
              label={t(`consent.button.${kind}`)}
              {...(chord === undefined ? {} : { chord })}
              color={kind === 'granted' ? 'ready' : kind === 'asked' ? 'brand' : 'not-ready'}
              variant={
                (kind === 'granted' && state === 'asked') || kind === 'asked' ? 'filled' : 'light'
              }
              onClick={() => void recordConsent(work.callId, kind)}
            />
          );
        })}
      </div>
    </section>
  );
};
