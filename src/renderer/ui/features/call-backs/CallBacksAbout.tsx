import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ask } from '../../state/orders.ts';
import { useAsked } from '../../state/use-asked.ts';
import { useNow } from '../../state/use-now.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './CallBacksAbout.module.css';
import { useCallBackText } from './use-call-back-text.ts';

type Of = { readonly contactId: string } | { readonly customerId: string };

/** What was promised in a contact or to a customer, and what came of it; nothing where nothing was. */
export const CallBacksAbout = ({
  of,
  heading: Heading,
}: {
  readonly of: Of;
  readonly heading: 'h2' | 'h3';
}) => {
  const { t } = useTranslation();
  const key = Object.values(of).join();
  const told = useDesk(({ callBacks }) => callBacks?.toldAt ?? 0);
  const [asked] = useAsked(`${key} ${String(told)}`, () => ask('callBacks.about', of));
  const callBacks = asked.state === 'here' ? asked.value.callBacks : [];
  if (callBacks.length === 0) return null;
  return (
    <section className={styles['part']} aria-labelledby={`call-backs-of-${key}`}>
      <Heading id={`call-backs-of-${key}`} className={styles['title']}>
        {t('callBacks.title')}
      </Heading>
      <ul className={styles['list']}>
        {callBacks.map((callBack) => (
          <Line key={callBack.id} callBack={callBack} />
        ))}
      </ul>
    </section>
  );
};

const Line = ({ callBack }: { readonly callBack: CallBackView }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow('minute');
  const callBackText = useCallBackText();
  const { kind, state, note, owner, attempts } = callBack;
  const text = callBackText(callBack, now);
  return (
    <li className={styles['line']}>
      <p>
        <strong>{t(`callBacks.kind.${kind}`)}</strong> · {text.when} ·{' '}
        {t(`callBacks.state.${state}`)}
      </p>
      {note === '' ? null : <p className={styles['note']}>{note}</p>}
      <p className={styles['about']}>
        {[owner?.name ?? '', text.number === '' && kind === 'call_back' ? text.name : text.number]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      {attempts.map(({ at, agentName, outcome }) => (
        <p key={at} className={styles['about']}>
          {[
            dateTimeText(at, locale),
            agentName,
            t(`callBacks.outcome.${outcome ?? 'calling'}`),
          ].join(' · ')}
        </p>
      ))}
    </li>
  );
};
