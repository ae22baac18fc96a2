import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Leg } from '../../../../shared/api/records.ts';
import type { LedgerFact } from '../../../../shared/domain/handle-time/fact.ts';
import {
  wrapUpRecordOf,
  type WrapUpVersion,
} from '../../../../shared/domain/wrap-up/wrap-up-record.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { useCodeText } from '../../state/use-contact-text.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { CorrectionForm } from './CorrectionForm.tsx';
import styles from './LegWrapUp.module.css';

/** What an agent said of a contact: as it stands, as it stood before, and, for the agent's own, put right. */
export const LegWrapUp = ({
  leg,
  callKey,
  queue,
}: {
  readonly leg: Leg;
  readonly callKey: string;
  readonly queue: string | null;
}) => {
  const { t } = useTranslation();
  const isOwn = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.id === leg.agent.id,
  );
  const [own, setOwn] = useState<readonly LedgerFact[]>([]);
  const [editing, setEditing] = useState(false);
  const record = wrapUpRecordOf([...leg.facts, ...own]);
  if (record === null) return <Words words={null} queue={queue} />;
  return (
    <div className={styles['wrapUp']}>
      {editing ? (
        <CorrectionForm
          leg={{ callId: leg.callId, callKey, queue, after: record.current.at }}
          words={record.current}
          onDone={(fact) => {
            if (fact !== null) setOwn([...own, fact]);
            setEditing(false);
          }}
        />
      ) : (
        <>
          <Words words={record.current} queue={queue} />
          {isOwn ? (
            <div>
              <ActionButton
                label={t('contact.correct')}
                onClick={() => {
                  setEditing(true);
                }}
              />
            </div>
          ) : null}
        </>
      )}
      {record.versions.length > 1 ? (
        <Versions versions={record.versions} agentName={leg.agent.name} />
      ) : null}
    </div>
  );
};

const Words = ({
  words,
  queue,
}: {
  readonly words: WrapUpVersion | null;
  readonly queue: string | null;
}) => {
  const { t } = useTranslation();
  const codeText = useCodeText();
  const label = useLabel();
  const { fields } = useTerms(queue);
  const codes = (words?.codes ?? []).map((code) => codeText(code)).join(', ');
  const nameOf = (key: string): string => {
    const field = fields.find((known) => known.key === key);
    return field === undefined ? key : label(field.label);
  };
  const valueOf = (key: string, value: string): string => {
    const choice = fields
      .find((known) => known.key === key)
      ?.choices.find((known) => known.value === value);
    return choice === undefined ? value : label(choice.label);
  };
  return (
    <dl className={styles['words']}>
      <div>
        <dt>{t('wrapUp.code')}</dt>
        <dd>{codes === '' ? t('contact.noCode') : codes}</dd>
      </div>
      {Object.entries(words?.fields ?? {}).map(([key, value]) => (
        <div key={key}>
          <dt>{nameOf(key)}</dt>
          <dd>{valueOf(key, value)}</dd>
        </div>
      ))}
      {words === null || words.notes === '' ? null : (
        <div>
          <dt>{t('wrapUp.notes')}</dt>
          <dd className={styles['notes']}>{words.notes}</dd>
        </div>
      )}
    </dl>
  );
};

/** Everything that was said, the first at the top. */
const Versions = ({
  versions,
  agentName,
}: {
  readonly versions: readonly WrapUpVersion[];
  readonly agentName: string;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const codeText = useCodeText();
  return (
    <section className={styles['versions']} aria-label={t('contact.versions')}>
      <h3 className={styles['heading']}>{t('contact.versions')}</h3>
      <ol>
        {versions.map(({ factId, at, by, codes, notes }) => (
          <li key={factId} className={styles['version']}>
            <span className={styles['at']}>{dateTimeText(at, locale)}</span>
            <span>
              <span className={styles['by']}>{t(`contact.said.${by}`, { name: agentName })}</span>
              {' · '}
              {codes.map((code) => codeText(code)).join(', ') || t('contact.noCode')}
              {notes === '' ? null : <span className={styles['old']}>{notes}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};
