import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../../shared/api/records.ts';
import { durationText } from '../../i18n/formats.ts';
import { useNowWhile } from '../../state/use-now.ts';
import styles from './RecordingState.module.css';

/** The recording in words; a filled dot only while sound is really being kept. */
export const RecordingState = ({ recording }: { readonly recording: RecordingView }) => {
  const { t } = useTranslation();
  const now = useNowWhile(recording.state === 'recording');
  return (
    <span className={styles['recording']} data-state={recording.state}>
      <span className={styles['dot']} aria-hidden="true" />
      {recording.state === 'by_service'
        ? t(recording.wanted ? 'recording.byService' : 'recording.off')
        : t(`recording.${recording.state}`)}
      {recording.state === 'recording' ? (
        // The running figure is for eyes: readers would be told every second.
        <span className="rs-figures" aria-hidden="true">
          {durationText(Math.max(0, now - recording.since))}
        </span>
      ) : null}
      {recording.state === 'stopped' ? (
        <span className="rs-figures">{durationText(recording.seconds * 1_000)}</span>
      ) : null}
    </span>
  );
};
