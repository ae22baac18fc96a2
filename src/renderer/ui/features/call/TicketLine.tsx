import IconTicket from '@tabler/icons-react/dist/esm/icons/IconTicket.mjs';
import { useTranslation } from 'react-i18next';
import type { ContactCard, Ticket } from '../../../../shared/api/records.ts';
import { Tag } from '../../components/Tag.tsx';
import { pastText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { serverNow } from '../../bridge/clock.ts';
import styles from './TicketLine.module.css';

/** The open ticket that the call is probably about, or that there is none. */
export const TicketLine = ({
  card,
  ticket,
}: {
  readonly card: ContactCard | null;
  readonly ticket: Ticket | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  if (ticket === null) {
    return (
      <p className={styles['none']}>
        {t(
          card === null
            ? 'call.whyLooking'
            : card.match.kind === 'exact' || card.match.kind === 'confirmed'
              ? 'call.whyNoTicket'
              : 'call.whyUnknown',
        )}
      </p>
    );
  }
  return (
    <div className={styles['ticket']}>
      <IconTicket size={20} className={styles['icon']} aria-hidden="true" />
      <div>
        <p className={styles['subject']}>{ticket.subject}</p>
        <p className={styles['about']}>
          <span>{ticket.reference}</span>
          <span>
            {t('ticket.opened', { when: pastText(ticket.openedAt, serverNow(), locale) })}
          </span>
          <Tag tone={ticket.priority === 'high' ? 'danger' : 'not-ready'}>
            {t(`ticket.priority.${ticket.priority}`)}
          </Tag>
        </p>
      </div>
    </div>
  );
};
