import { Button, Menu } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconCoffee from '@tabler/icons-react/dist/esm/icons/IconCoffee.mjs';
import { useTranslation } from 'react-i18next';
import type { AgentState } from '../../../../shared/domain/agent/agent.ts';
import { wishesReady } from '../../../../shared/domain/agent/wishes-ready.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { ariaKeys } from '../../components/chord.ts';
import { roughDurationText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { change, useView } from '../../state/view-store.ts';
import { suggestedFirst, useFittingReasons } from '../shift/use-fitting-reasons.ts';
import styles from './AgentButtons.module.css';
import { unspecifiedReason } from './unspecified-reason.ts';

/** The two things an agent may ask to be. During a call they are a wish for afterwards. */
export const AgentButtons = ({ state }: { readonly state: AgentState }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const session = useDesk((desk) => desk.session);
  const open = useView((view) => view.reasonMenu);
  const reasons = session.state === 'signed_in' ? session.reasons : [];
  const fitting = useFittingReasons();
  const wish = wishesReady(state) ? 'ready' : 'not_ready';

  const notReady = (reason: string): void => {
    void order('agent.wish', { kind: 'not_ready', reason });
  };

  return (
    <div className={styles['buttons']}>
      <ActionButton
        label={t('agent.ready')}
        chord={chords.ready}
        icon={wish === 'ready' ? <IconCheck size={16} stroke={2.25} /> : null}
        color="ready"
        variant={wish === 'ready' ? 'outline' : 'filled'}
        pressed={wish === 'ready'}
        fullWidth
        onClick={() => void order('agent.wish', { kind: 'ready' })}
      />
      <Menu
        opened={open}
        onChange={(opened) => {
          change({ reasonMenu: opened });
        }}
        position="bottom-start"
        width={220}
        withInitialFocusPlaceholder={false}
        withinPortal={false}
        floatingStrategy="fixed"
        returnFocus
      >
        <Menu.Target>
          <Button
            color="not-ready"
            variant={wish === 'ready' ? 'light' : 'outline'}
            fullWidth
            leftSection={<IconCoffee size={16} />}
            aria-keyshortcuts={ariaKeys(chords.notReady)}
            onClick={() => {
              if (reasons.length === 0) notReady(unspecifiedReason);
            }}
          >
            {t('agent.notReady')}
          </Button>
        </Menu.Target>
        {reasons.length === 0 ? null : (
          <Menu.Dropdown aria-label={t('agent.why')}>
            <p className={styles['why']} aria-hidden="true">
              {t('agent.why')}
            </p>
            {suggestedFirst(reasons, fitting).map((reason) => (
              <Menu.Item
                key={reason.code}
                rightSection={
                  reason.maximumMinutes === null ? null : (
                    <span className={styles['maximum']}>
                      {roughDurationText(reason.maximumMinutes * 60_000, locale)}
                    </span>
                  )
                }
                onClick={() => {
                  notReady(reason.code);
                }}
              >
                {label(reason.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        )}
      </Menu>
    </div>
  );
};
