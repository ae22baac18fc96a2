import { ActionIcon, Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useTranslation } from 'react-i18next';
import type { CallBackDeed, CallBackView } from '../../../../shared/api/call-backs.ts';
import { serverNow } from '../../bridge/clock.ts';
import { editCallBack, postponeCallBack } from '../../state/call-back-store.ts';
import { quickTimeAt, quickTimes } from '../../state/quick-times.ts';
import { show } from '../../state/view-store.ts';

/** Later, other words, done, called off, open again, somebody else's. */
export const CallBackMenu = ({
  callBack,
  name,
  isTeam,
  opened,
  onOpened,
  onAct,
}: {
  readonly callBack: CallBackView;
  readonly name: string;
  readonly isTeam: boolean;
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
  readonly onAct: (deed: CallBackDeed) => void;
}) => {
  const { t } = useTranslation();
  const isOver = callBack.overAt !== null;
  const contactId = callBack.contact?.id ?? null;
  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={onOpened}>
      <Menu.Target>
        <ActionIcon aria-label={t('callBacks.more', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isOver ? (
          <Menu.Item
            onClick={() => {
              onAct('reopen');
            }}
          >
            {t('callBacks.reopen')}
          </Menu.Item>
        ) : (
          <>
            <Menu.Label>{t('callBacks.postpone')}</Menu.Label>
            {quickTimes.map((quick) => (
              <Menu.Item
                key={quick}
                onClick={() => void postponeCallBack(callBack, quickTimeAt(quick, serverNow()))}
              >
                {t(`callBacks.quick.${quick}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item
              onClick={() => {
                onAct('done');
              }}
            >
              {t('callBacks.done')}
            </Menu.Item>
            <Menu.Item
              onClick={() => {
                onAct('cancel');
              }}
            >
              {t('callBacks.cancel')}
            </Menu.Item>
          </>
        )}
        <Menu.Item
          onClick={() => {
            editCallBack(callBack);
          }}
        >
          {t('callBacks.change')}
        </Menu.Item>
        {isTeam && !isOver ? (
          <Menu.Item
            onClick={() => {
              editCallBack(callBack, 'give');
            }}
          >
            {t('callBacks.giveAsk')}
          </Menu.Item>
        ) : null}
        {contactId === null ? null : (
          <Menu.Item
            onClick={() => {
              show({ kind: 'contact', contactId, from: 'call_backs' });
            }}
          >
            {t('callBacks.openContact')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
