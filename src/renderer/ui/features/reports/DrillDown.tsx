import { Button, Skeleton } from '@mantine/core';
import IconListSearch from '@tabler/icons-react/dist/esm/icons/IconListSearch.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportContact } from '../../../../shared/api/report-sheet.ts';
import { drillDownOf } from '../../../../shared/domain/reporting/drill-down.ts';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { dateTimeText, durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { openDrill, useReports, type Drill } from '../../state/reports-store.ts';
import { useCodeText, useQueueText } from '../../state/use-contact-text.ts';
import { show } from '../../state/view-store.ts';
import { figureName } from './report-words.ts';
import styles from './Reports.module.css';

type Page = {
  readonly contacts: readonly ReportContact[];
  readonly next: string | null;
  readonly state: 'loading' | 'here' | 'away';
};

const loading: Page = { contacts: [], next: null, state: 'loading' };

/** The contacts that a figure is made of; each opens with its ledger. */
export const DrillDown = ({ drill }: { readonly drill: Drill }) => {
  const { t } = useTranslation();
  const { by, view } = useReports((kept) => kept.choice);
  const [page, setPage] = useState<Page>(loading);
  const [tries, setTries] = useState(0);
  const back = useRef<HTMLButtonElement>(null);
  const { figure, key, from, to, cause, name } = drill;
  const query = {
    ...{ figure, by, view, from, to },
    ...(key === undefined ? {} : { key }),
    ...(cause === undefined ? {} : { cause }),
  };
  const asked = JSON.stringify(query);
  useEffect(() => {
    if (useReports.getState().openedId === null) back.current?.focus();
  }, []);
  useEffect(() => {
    let current = true;
    void ask('reports.contacts', JSON.parse(asked) as typeof query).then((answer) => {
      if (!current) return;
      setPage(answer.ok ? { ...answer.value, state: 'here' } : { ...loading, state: 'away' });
      if (!answer.ok) return;
      // Back from a contact: the reading goes on where it was left.
      requestAnimationFrame(() => {
        const opened = useReports.getState().openedId;
        if (opened !== null) {
          document.querySelector<HTMLElement>(`[data-contact-row="${opened}"]`)?.focus();
        }
      });
    });
    return () => {
      current = false;
    };
  }, [asked, tries]);
  const more = async (): Promise<void> => {
    if (page.next === null) return;
    const answer = await ask('reports.contacts', { ...query, after: page.next });
    if (answer.ok) {
      setPage({
        contacts: [...page.contacts, ...answer.value.contacts],
        next: answer.value.next,
        state: 'here',
      });
    }
  };
  const drilled = drillDownOf(figure, view);
  const what = [
    name,
    cause === undefined
      ? t(
          drilled?.rows === 'waits' && drilled.which === 'late'
            ? 'reports.late'
            : drilled?.rows === 'repeated'
              ? 'reports.repeated'
              : drilled?.rows === 'surveys'
                ? `reports.surveys.${drilled.which}`
                : `reportFigure.${figure}.name`,
        )
      : t(`missed.cause.${cause}`),
  ]
    .filter(Boolean)
    .join(': ');
  return (
    <section className={styles['part']} aria-label={what}>
      <BackButton
        ref={back}
        onClick={() => {
          openDrill(null);
        }}
      >
        {t('reports.backToFigures')}
      </BackButton>
      <h2 className={styles['heading']}>{what}</h2>
      {page.state === 'loading' ? (
        <Skeleton height={200} animate={false} />
      ) : page.state === 'away' ? (
        <EmptyState
          icon={<IconListSearch size={32} stroke={1.5} />}
          title={t('reports.away')}
          action={
            <Button
              variant="light"
              onClick={() => {
                setPage(loading);
                setTries(tries + 1);
              }}
            >
              {t('reports.retry')}
            </Button>
          }
        />
      ) : page.contacts.length === 0 ? (
        <EmptyState
          icon={<IconListSearch size={32} stroke={1.5} />}
          title={t('reports.noContacts')}
        />
      ) : (
        <>
          <p className={styles['about']} role="status">
            {t(page.next === null ? 'reports.contacts' : 'reports.contactsMore', {
              count: page.contacts.length,
            })}
          </p>
          <ul className={styles['contacts']} onKeyDown={moveByArrows}>
            {page.contacts.map((contact) => (
              <ContactRow key={contact.id} contact={contact} name={figureName(figure, t)} />
            ))}
          </ul>
          {page.next === null ? null : (
            <div className={styles['more']}>
              <Button variant="light" color="not-ready" onClick={() => void more()}>
                {t('reports.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
};

const waitEnds = ['answered', 'abandoned', 'timed_out', 'transferred', 'vanished'] as const;

const ContactRow = ({
  contact,
  name,
}: {
  readonly contact: ReportContact;
  /** Of the figure that the part belongs to. */
  readonly name: string;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  const codeText = useCodeText();
  const { id, contactId, at, who, queue, agent, how, waitMs, handleMs, partMs, code, cause } =
    contact;
  const survey = contact.survey ?? null;
  const end = waitEnds.find((known) => known === how);
  const isTaken = end === 'answered' || handleMs !== null || cause !== null || survey !== null;
  const about = [
    dateTimeText(at, locale),
    queueText(queue),
    agent?.name,
    codeText(code),
    cause === null ? null : t(`missed.cause.${cause}`),
    handleMs === null && waitMs !== null && cause === null
      ? t(end === undefined ? 'reports.waits' : `reports.waitEnd.${end}`)
      : null,
    typeof survey?.resolved === 'boolean'
      ? t(survey.resolved ? 'survey.resolved' : 'survey.unresolved')
      : null,
  ].filter((part) => part !== null && part !== undefined && part !== '');
  const figure =
    partMs !== null
      ? [name, partMs]
      : handleMs !== null
        ? [t('reportFigure.handleMs.name'), handleMs]
        : waitMs !== null
          ? [t(cause === null ? 'reports.waited' : 'reports.rangFor'), waitMs]
          : null;
  const words = (
    <>
      <span className={styles['who']}>
        <strong>
          {who === ''
            ? t(contactId === null && isTaken ? 'reports.otherTeam' : 'reports.nobody')
            : who}
        </strong>
        <span>{about.join(' · ')}</span>
      </span>
      {survey === null ? null : (
        <span className={styles['took']}>
          <span>{t(`survey.kind.${survey.kind}`)}</span>
          <strong>{survey.score ?? t('common.none')}</strong>
        </span>
      )}
      {figure === null ? null : (
        <span className={styles['took']}>
          <span>{figure[0]}</span>
          <strong>{durationText(Number(figure[1]))}</strong>
        </span>
      )}
    </>
  );
  return (
    <li>
      {contactId === null ? (
        <div className={styles['contact']}>{words}</div>
      ) : (
        <button
          type="button"
          data-row
          data-contact-row={id}
          className={styles['contact']}
          onClick={() => {
            useReports.setState({ openedId: id });
            show({ kind: 'contact', contactId, from: 'reports' });
          }}
        >
          {words}
        </button>
      )}
    </li>
  );
};
