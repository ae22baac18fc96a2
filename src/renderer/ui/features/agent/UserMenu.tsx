import { Menu } from '@mantine/core';
import IconAddressBook from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconCalendarTime from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import IconChevronUp from '@tabler/icons-react/dist/esm/icons/IconChevronUp.mjs';
import IconClipboardCheck from '@tabler/icons-react/dist/esm/icons/IconClipboardCheck.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconKeyboard from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import IconMessageStar from '@tabler/icons-react/dist/esm/icons/IconMessageStar.mjs';
import IconPlugConnected from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import IconSpeakerphone from '@tabler/icons-react/dist/esm/icons/IconSpeakerphone.mjs';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../../shared/api/records.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Monogram } from '../../components/Monogram.tsx';
import { openActing } from '../../state/acting-store.ts';
import { chords } from '../../state/chords.ts';
import { signOut } from '../../state/shift-store.ts';
import { change, show } from '../../state/view-store.ts';
import styles from './UserMenu.module.css';

export const UserMenu = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  return (
    <Menu
      position="top-start"
      width={240}
      withInitialFocusPlaceholder={false}
      withinPortal={false}
      floatingStrategy="fixed"
    >
      <Menu.Target>
        <button type="button" className={styles['user']}>
          <Monogram name={user.name} size="small" />
          <span className={styles['who']}>
            <span className={styles['name']}>{user.name}</span>
            <span className={styles['extension']}>
              {t('agent.extension', { extension: user.extension })}
            </span>
          </span>
          <IconChevronUp size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconHistory size={16} />}
          rightSection={<KeyHint chord={chords.history} />}
          onClick={() => {
            show({ kind: 'history' });
          }}
        >
          {t('history.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPhoneCalling size={16} />}
          rightSection={<KeyHint chord={chords.callBacks} />}
          onClick={() => {
            show({ kind: 'call_backs' });
          }}
        >
          {t('callBacks.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMessageStar size={16} />}
          rightSection={<KeyHint chord={chords.coaching} />}
          onClick={() => {
            show({ kind: 'coaching' });
          }}
        >
          {t('coaching.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCalendarTime size={16} />}
          rightSection={<KeyHint chord={chords.shift} />}
          onClick={() => {
            show({ kind: 'shift' });
          }}
        >
          {t('shift.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSettings size={16} />}
          rightSection={<KeyHint chord={chords.settings} />}
          onClick={() => {
            show({ kind: 'settings' });
          }}
        >
          {t('settings.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          rightSection={<KeyHint chord={chords.shortcuts} />}
          onClick={() => {
            change({ shortcuts: true });
          }}
        >
          {t('shortcuts.title')}
        </Menu.Item>
        {user.role === 'agent' ? null : (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconSpeakerphone size={16} />}
              onClick={() => {
                openActing({ kind: 'message' });
              }}
            >
              {t('acting.message')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconClipboardCheck size={16} />}
              onClick={() => {
                openActing({ kind: 'wrap_ups', agentId: null });
              }}
            >
              {t('acting.wrapUpsTitle')}
            </Menu.Item>
          </>
        )}
        {user.role === 'administrator' ? (
          <>
            <Menu.Item
              leftSection={<IconPlugConnected size={16} />}
              onClick={() => {
                show({ kind: 'connections' });
              }}
            >
              {t('connections.title')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconAddressBook size={16} />}
              onClick={() => {
                show({ kind: 'own_directory' });
              }}
            >
              {t('ownDirectory.title')}
            </Menu.Item>
          </>
        ) : null}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('agent.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
