import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { show, useView } from '../../state/view-store.ts';
import styles from './RailLinks.module.css';

/** Where the agent can go from anywhere. */
export const RailLinks = () => {
  const { t } = useTranslation();
  const here = useView(({ place }) => place.kind === 'history');
  return (
    <button
      type="button"
      className={styles['link']}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={ariaKeys(chords.history)}
      title={keyText(chords.history)}
      onClick={() => {
        show({ kind: 'history' });
      }}
    >
      <IconHistory size={18} aria-hidden="true" />
      <span className={styles['name']}>{t('history.title')}</span>
    </button>
  );
};
