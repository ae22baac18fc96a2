import { Switch, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import styles from './DoNotDisturb.module.css';

/** Lets direct calls find the line busy; queue calls follow the agent's state. */
export const DoNotDisturb = ({ on }: { readonly on: boolean }) => {
  const { t } = useTranslation();
  return (
    <Tooltip
      multiline
      w={240}
      label={`${t('agent.doNotDisturbHelp')} ${keyText(chords.doNotDisturb)}`}
    >
      <div className={styles['row']} data-tone="danger" data-on={on || undefined}>
        <Switch
          className={styles['switch']}
          labelPosition="left"
          size="xs"
          color="var(--rs-danger-solid)"
          label={t('agent.doNotDisturb')}
          aria-description={t('agent.doNotDisturbHelp')}
          aria-keyshortcuts={ariaKeys(chords.doNotDisturb)}
          checked={on}
          onChange={(event) => {
            void order('agent.doNotDisturb', { on: event.currentTarget.checked });
          }}
        />
      </div>
    </Tooltip>
  );
};
