import IconStethoscope from '@tabler/icons-react/dist/esm/icons/IconStethoscope.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { serverNow } from '../../bridge/clock.ts';
import styles from './CheckOffer.module.css';
import { showCheck } from './check-actions.ts';

/** A check that is older was made for another shift. */
const shiftMs = 12 * 3_600_000;

/** Offers the check where none was made for this shift; nothing otherwise. */
export const CheckOffer = () => {
  const { t } = useTranslation();
  const isOffered = useDesk(({ shiftCheck }) => {
    if (shiftCheck === undefined || shiftCheck === null) return false;
    const { last, owed } = shiftCheck;
    return owed || last === null || last.at < serverNow() - shiftMs;
  });
  const owed = useDesk(({ shiftCheck }) => shiftCheck?.owed === true);
  if (!isOffered) return null;
  return (
    <button
      type="button"
      className={styles['offer']}
      data-owed={owed || undefined}
      title={t(owed ? 'check.offerOwed' : 'check.offer')}
      onClick={showCheck}
    >
      <IconStethoscope size={18} aria-hidden="true" className={styles['icon']} />
      <span className={styles['name']}>{t(owed ? 'check.offerOwed' : 'check.offer')}</span>
    </button>
  );
};
