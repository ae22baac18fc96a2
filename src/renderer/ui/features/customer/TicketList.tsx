import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../../../shared/api/records.ts';
import { serverNow } from '../../bridge/clock.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';
import { pastText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './TicketList.module.css';

const order: Record<Ticket['status'], number> = { open: 0, pending: 1, solved: 2 };
const tones: Record<Ticket['status'], Tone> = {
  open: 'wrap-up',
  pending: 'engaged',
  solved: 'not-ready',
};

/** Tickets, the open ones first. */
export const TicketList = ({ tickets }: { readonly tickets: readonly Ticket[] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const open = tickets.filter((ticket) => ticket.status !== 'solved').length;
  const now = serverNow();
  return (
    <section>
      <h3 className={styles['title']}>
        {open === 0 ? t('ticket.noneOpen') : t('ticket.open', { count: open })}
      </h3>
      <ul className={styles['list']}>
        {tickets
          .toSorted((a, b) => order[a.status] - order[b.status] || b.openedAt - a.openedAt)
          .map((ticket) => (
            <li key={ticket.id} className={styles['ticket']} data-status={ticket.status}>
              <p className={styles['subject']}>{ticket.subject}</p>
              <p className={styles['about']}>
                <Tag tone={tones[ticket.status]}>{t(`ticket.status.${ticket.status}`)}</Tag>
                {ticket.priority === 'high' && ticket.status !== 'solved' ? (
                  <Tag tone="danger">{t('ticket.priority.high')}</Tag>
                ) : null}
                <span>{ticket.reference}</span>
                <span>{pastText(ticket.openedAt, now, locale)}</span>
              </p>
            </li>
          ))}
      </ul>
    </section>
  );
};
