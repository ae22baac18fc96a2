import IconEar from '@tabler/icons-react/dist/esm/icons/IconEar.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { Tag } from '../../components/Tag.tsx';
import { modeTones } from './mode-looks.tsx';
import styles from './SupervisorsTag.module.css';

/** Who of the supervisors is on this call, for the agent. There while nobody is: regions that appear are not read. */
export const SupervisorsTag = ({ callKey }: { readonly callKey: string }) => {
  const { t } = useTranslation();
  const supervisors = useDesk((desk) => desk.supervisors);
  const here = (supervisors ?? []).filter((each) => each.callKey === callKey);
  return (
    <span role="status" className={styles['here']} data-supervisors={here.length}>
      {here.map(({ joinId, name, mode }) => (
        <Tag key={joinId} tone={modeTones[mode]} icon={<IconEar size={14} aria-hidden="true" />}>
          {t(`supervision.onCall.${mode}`, { name })}
        </Tag>
      ))}
    </span>
  );
};
