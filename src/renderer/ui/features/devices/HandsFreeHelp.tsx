import { useTranslation } from 'react-i18next';
import { usePhone } from '../../bridge/phone-store.ts';
import styles from './RingTest.module.css';

/** Why a Bluetooth headset sounds like an old telephone, and the one thing to do. */
export const HandsFreeHelp = () => {
  const { t } = useTranslation();
  const name = usePhone((phone) =>
    phone?.devices.handsFree === true ? (phone.devices.inUse?.microphone?.label ?? '') : null,
  );
  if (name === null) return null;
  return (
    <p className={styles['note']} data-tone="wrap-up" role="status">
      {t('devices.handsFree', { name })}
    </p>
  );
};
