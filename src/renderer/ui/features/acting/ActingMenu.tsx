import { ActionIcon, Menu } from '@mantine/core';
import IconClipboardCheck from '@tabler/icons-react/dist/esm/icons/IconClipboardCheck.mjs';
import IconDotsVertical from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import { useTranslation } from 'react-i18next';
import type { AgentState } from '../../../../shared/domain/agent/agent.ts';
import { openActing } from '../../state/acting-store.ts';
import { setAgentState } from './set-state.ts';

/**
 * What a supervisor can do to an agent's work. `state`, where it is known, says what would change nothing. What asks
 * first opens a dialog over whatever page this stands on.
 */
export const ActingMenu = ({
  agentId,
  name,
  state,
  tabIndex,
}: {
  readonly agentId: string;
  readonly name: string;
  readonly state?: AgentState['state'];
  readonly tabIndex?: number;
}) => {
  const { t } = useTranslation();
  const agent = { agentId, name };
  const isOut = state === 'offline';
  return (
    <Menu position="bottom-end" width={260} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('acting.menu', { name })} tabIndex={tabIndex}>
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerPlay size={16} />}
          disabled={isOut || state === 'ready'}
          onClick={() => void setAgentState(agent, 'ready')}
        >
          {t('acting.ready')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlayerPause size={16} />}
          disabled={isOut || state === 'not_ready'}
          onClick={() => void setAgentState(agent, 'not_ready')}
        >
          {t('acting.notReady')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUsersGroup size={16} />}
          onClick={() => {
            openActing({ kind: 'queues', ...agent });
          }}
        >
          {t('acting.queues')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconClipboardCheck size={16} />}
          onClick={() => {
            openActing({ kind: 'wrap_ups', agentId });
          }}
        >
          {t('acting.wrapUps')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          color="danger"
          disabled={isOut}
          onClick={() => {
            openActing({ kind: 'sign_out', ...agent });
          }}
        >
          {t('acting.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
