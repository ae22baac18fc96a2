import { ActionIcon, Tooltip } from '@mantine/core';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { scheduleCallBack, type CallBackAbout } from '../../state/call-back-store.ts';
import { chords } from '../../state/chords.ts';

/** Promises somebody a call. */
export const ScheduleButton = ({ about }: { readonly about: CallBackAbout }) => {
  const { t } = useTranslation();
  return (
    <ActionButton
      label={t('callBacks.schedule')}
      chord={chords.scheduleCallBack}
      size="compact-sm"
      icon={<IconPhoneCalling size={16} />}
      onClick={() => {
        scheduleCallBack(about);
      }}
    />
  );
};

/** The same where there is no room for words. */
export const ScheduleIcon = ({
  name,
  onPress,
}: {
  readonly name: string;
  readonly onPress: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <Tooltip label={`${t('callBacks.schedule')} ${keyText(chords.scheduleCallBack)}`}>
      <ActionIcon
        aria-label={t('callBacks.scheduleFor', { name })}
        aria-keyshortcuts={ariaKeys(chords.scheduleCallBack)}
        onClick={onPress}
      >
        <IconPhoneCalling size={18} />
      </ActionIcon>
    </Tooltip>
  );
};
