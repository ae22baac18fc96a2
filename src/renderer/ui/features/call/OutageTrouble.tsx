import IconWifiOff from '@tabler/icons-react/dist/esm/icons/IconWifiOff.mjs';
import { useTranslation } from 'react-i18next';
import type { Outage } from '../../state/outage.ts';
import { CallTrouble } from './CallTrouble.tsx';
import styles from './CallTrouble.module.css';

/** That the call has lost its way, and what goes on; pressed, what becomes of it. */
export const OutageTrouble = ({ outage }: { readonly outage: Outage }) => {
  const { t } = useTranslation();
  return (
    <CallTrouble
      icon={IconWifiOff}
      tone={outage === 'signalling' ? 'wrap-up' : 'danger'}
      words={t(`call.outage.${outage}`)}
      short={t(`call.outageShort.${outage}`)}
      outage={outage}
    >
      <p className={styles['whole']}>{t(`call.outageHelp.${outage}`)}</p>
    </CallTrouble>
  );
};
