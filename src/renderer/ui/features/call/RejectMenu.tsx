import { ActionIcon, Menu } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import { useTranslation } from 'react-i18next';
import { rejectCall, rejectReasons } from './call-orders.ts';
import styles from './RejectMenu.module.css';

/** What to tell whoever calls this agent and nobody else. */
export const RejectMenu = ({
  callId,
  size,
  variant,
}: {
  readonly callId: string;
  readonly size: 'md' | 'lg';
  readonly variant: 'outline' | 'subtle';
}) => {
  const { t } = useTranslation();
  return (
    <Menu
      position="bottom-end"
      width={240}
      withInitialFocusPlaceholder={false}
      withinPortal={false}
      floatingStrategy="fixed"
      returnFocus
    >
      <Menu.Target>
        <ActionIcon
          className={styles['more']}
          data-size={size}
          color="danger"
          variant={variant}
          aria-label={t('call.rejectWith')}
        >
          <IconChevronDown size={size === 'lg' ? 20 : 18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('call.rejectWith')}>
        {rejectReasons.map((reason) => (
          <Menu.Item
            key={reason}
            onClick={() => {
              rejectCall(callId, reason);
            }}
          >
            {t(`call.rejectReason.${reason}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
