import IconMessageQuestion from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useCapabilities } from '../../state/use-capabilities.ts';
import type { Work } from '../../state/work.ts';
import { ConsentRuleLine } from './ConsentRuleLine.tsx';
import type { ConsentChoice } from './consent-view.ts';
import styles from './ConsentStrip.module.css';
import { RecordingState } from './RecordingState.tsx';
import { choiceChords, useConsent, type Consent as ConsentNow } from './use-consent.ts';
import type { WordingToRead } from './use-wording.ts';

type StripProps = {
  readonly work: Work;
  /** What else can be done with the recording. */
  readonly children?: ReactNode;
};

/**
 * Whether the call may be recorded, and whether it is. It never moves: always the foot of the call. Where nothing can be
 * recorded nobody is asked: an answer about a recording that will not be made is no use, and a word kept about a person.
 */
export const ConsentStrip = ({ work, children }: StripProps) => {
  const { recording, recordingByService = false } = useCapabilities();
  const canRecord = recording || recordingByService;
  return canRecord ? <Consent work={work}>{children}</Consent> : <NoRecording />;
};

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

const colorOf = ({ name }: ConsentChoice): string => {
  if (name === 'granted' || name === 'told' || name === 'stands') return 'ready';
  return name === 'asked' || name === 'read' ? 'brand' : 'not-ready';
};

const isMain = ({ name }: ConsentChoice, { state, choices }: ConsentNow): boolean => {
  if (name === 'asked' || name === 'read') return choices[0]?.name === name;
  return name === 'stands' || ((name === 'granted' || name === 'told') && state === 'asked');
};

const Consent = ({ work, children }: StripProps) => {
  const { t } = useTranslation();
  const consent = useConsent(work);
  const { state, unconfirmed, choices } = consent;
  const keep = choices.find(({ name }) => name === 'keep');
  const words = choices.filter((choice) => choice !== keep);
  const recording = work.card?.recording ?? ({ state: 'off' } as const);
  const how = work.card?.consent.how;
  const isBefore = work.stage === 'ringing' || work.stage === 'outgoing';
  return (
    <section
      className={styles['strip']}
      aria-label={t('consent.region')}
      data-consent={state}
      data-recording={recording.state}
    >
      <div className={styles['words']} role="status">
        <p className={styles['state']}>
          <RecordingState recording={recording} />
          <span className={styles['consent']}>
            {isBefore && state === 'not_asked'
              ? t('consent.notYet')
              : how === undefined || how === 'voice' || unconfirmed || state === 'asked'
                ? t(`consent.state.${state}`)
                : t('consent.stateHow', {
                    state: t(`consent.state.${state}`),
                    how: t(`consent.how.${how}`),
                  })}
          </span>
          {keep === undefined ? null : (
            <ActionButton
              label={t('consent.button.keep')}
              chord={choiceChords.keep}
              color="brand"
              variant="subtle"
              size="compact-xs"
              onClick={() => {
                consent.choose(keep);
              }}
            />
          )}
        </p>
        {recording.state === 'failed' ? (
          <p className={styles['failed']}>{t(`recording.why.${recording.why}`)}</p>
        ) : unconfirmed ? (
          <p className={styles['unconfirmed']}>{t('consent.unconfirmed')}</p>
        ) : null}
        {state === 'asked' && work.stage === 'live' ? (
          <ToRead wording={consent.wording} />
        ) : (
          <ConsentRuleLine work={work} consent={consent} />
        )}
      </div>
      <div className={styles['buttons']}>
        {words.map((choice) => (
          <ActionButton
            key={choice.name}
            label={t(`consent.button.${choice.name}`)}
            chord={choiceChords[choice.name]}
            color={colorOf(choice)}
            variant={isMain(choice, consent) ? 'filled' : 'light'}
            onClick={() => {
              consent.choose(choice);
            }}
          />
        ))}
        {
          // Two words are offered only while nothing is recorded: no more than two buttons, so that nothing moves.
          words.length > 1 ? null : children
        }
      </div>
    </section>
  );
};

const ToRead = ({ wording }: { readonly wording: WordingToRead }) => {
  const { t } = useTranslation();
  const { text, language, version } = wording;
  return (
    <p className={styles['wording']}>
      <IconMessageQuestion size={16} aria-hidden="true" />
      <span>
        <q lang={language}>{text}</q>
        {version === null ? null : (
          <span className={styles['version']}>{t('consent.version', { version })}</span>
        )}
      </span>
    </p>
  );
};
