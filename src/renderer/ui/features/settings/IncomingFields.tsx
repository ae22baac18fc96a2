import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/ipc/desk.ts';
import styles from './Settings.module.css';

type Incoming = Settings['incoming'];

/** What direct callers meet while the agent is occupied. */
export const IncomingFields = ({
  incoming,
  onChange,
}: {
  readonly incoming: Incoming;
  readonly onChange: (incoming: Incoming) => void;
}) => {
  const { t } = useTranslation();
  return (
    <>
      {(['duringCall', 'duringWrapUp'] as const).map((moment) => (
        <div key={moment} className={styles['row']}>
          <span id={`settings-${moment}`}>{t(`settings.incoming.${moment}`)}</span>
          <SegmentedControl
            aria-labelledby={`settings-${moment}`}
            value={incoming[moment]}
            onChange={(deed) => {
              onChange({ ...incoming, [moment]: deed });
            }}
            data={[
              { value: 'ring', label: t('settings.incoming.ring') },
              { value: 'busy', label: t('settings.incoming.busy') },
            ]}
          />
        </div>
      ))}
    </>
  );
};
