import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportLook, ImportResult } from '../../../../shared/api/directory.ts';
import {
  columnProblem,
  importFields,
  refusalReasons,
  type ImportColumn,
} from '../../../../shared/domain/customer/import-columns.ts';
import type { Refusal } from '../../../../shared/ipc/contract.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './Directory.module.css';

type Chosen = { readonly name: string; readonly look: ImportLook };
type Told = { readonly what: 'check' | 'import'; readonly result: ImportResult };

/** More are in the file of refused lines. */
const shownRefusals = 20;

/** A file of customers: chosen, its columns named, tried, and then taken over. */
export const ImportPart = () => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [columns, setColumns] = useState<readonly ImportColumn[]>([]);
  const [told, setTold] = useState<Told | null>(null);
  const [working, setWorking] = useState<'choose' | 'check' | 'import' | null>(null);
  const [problem, setProblem] = useState('');
  const isConnected = useDesk((desk) => desk.backend.state === 'connected');

  const refuse = (text: string, detail = ''): void => {
    setProblem(detail === '' ? text : `${text} (${detail})`);
  };
  const refusalText = (code: Refusal['code']): string => {
    if (code === 'invalid') return t('ownDirectory.unreadable');
    return t(code === 'conflict' ? 'ownDirectory.busy' : `refusal.${code}`);
  };
  const choose = async (): Promise<void> => {
    setWorking('choose');
    setProblem('');
    const answer = await ask('directory.choose', null);
    setWorking(null);
    if (!answer.ok) {
      refuse(refusalText(answer.why.code), answer.why.detail);
      return;
    }
    if (answer.value === null) return;
    const { name, look } = answer.value;
    setTold(null);
    setChosen(look === null ? null : { name, look });
    setColumns(look?.columns ?? []);
    if (look === null) refuse(t('ownDirectory.tooLarge', { name }));
  };
  const run = async (what: 'check' | 'import'): Promise<void> => {
    setWorking(what);
    setProblem('');
    const answer = await ask(`directory.${what}`, { columns: [...columns] });
    setWorking(null);
    if (!answer.ok) {
      const { code, detail } = answer.why;
      refuse(refusalText(code), detail);
      return;
    }
    setTold({ what, result: answer.value });
    announce(t(`ownDirectory.told.${what}`));
  };
  const wrong = chosen === null ? null : columnProblem(columns);
  const isPossible = wrong === null && isConnected && working === null;

  return (
    <section className={styles['part']} aria-labelledby="directory-import">
      <h2 className={styles['heading']} id="directory-import">
        {t('ownDirectory.import')}
      </h2>
      <p className={styles['about']}>{t('ownDirectory.importWhat')}</p>
      <div className={styles['buttons']}>
        <Button
          variant={chosen === null ? 'filled' : 'light'}
          loading={working === 'choose'}
          disabled={!isConnected}
          onClick={() => void choose()}
        >
          {t(chosen === null ? 'ownDirectory.choose' : 'ownDirectory.chooseOther')}
        </Button>
        {isConnected ? null : <span className={styles['small']}>{t('refusal.backend_away')}</span>}
      </div>
      {chosen === null ? null : (
        <>
          <Columns
            chosen={chosen}
            columns={columns}
            onChange={(next) => {
              setColumns(next);
              setTold(null);
            }}
          />
          {wrong === null ? null : (
            <p className={styles['problem']} role="alert">
              {t(`ownDirectory.columnProblem.${wrong}`)}
            </p>
          )}
          {told === null ? null : <Result told={told} />}
          <div className={styles['buttons']}>
            <Button
              variant={told === null ? 'filled' : 'light'}
              loading={working === 'check'}
              disabled={!isPossible}
              onClick={() => void run('check')}
            >
              {t('ownDirectory.check')}
            </Button>
            {told?.what === 'check' && told.result.created + told.result.changed > 0 ? (
              <Button
                loading={working === 'import'}
                disabled={!isPossible}
                onClick={() => void run('import')}
              >
                {t('ownDirectory.doImport')}
              </Button>
            ) : null}
          </div>
        </>
      )}
      {problem === '' ? null : (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};

const Columns = ({
  chosen: { name, look },
  columns,
  onChange,
}: {
  readonly chosen: Chosen;
  readonly columns: readonly ImportColumn[];
  readonly onChange: (columns: readonly ImportColumn[]) => void;
}) => {
  const { t } = useTranslation();
  const separators = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
  const fields = [
    { value: '', label: t('ownDirectory.leftOut') },
    ...importFields.map((field) => ({ value: field, label: t(`ownDirectory.field.${field}`) })),
  ];
  return (
    <>
      <p className={styles['file']}>
        <span className={styles['name']}>{name}</span>{' '}
        <span className={styles['small']}>
          {t('ownDirectory.readAs', {
            encoding: look.encoding.toUpperCase(),
            separator: t(`ownDirectory.separator.${separators[look.delimiter]}`),
          })}
        </span>
      </p>
      <ul className={styles['list']} aria-label={t('ownDirectory.columns')}>
        {look.header.map((title, at) => (
          // Two columns may have one name: their place is what they are.
          <li key={`${String(at)} ${title}`} className={styles['row']}>
            <span className={styles['words']}>
              <span className={styles['name']}>
                {title === '' ? t('ownDirectory.column', { number: at + 1 }) : title}
              </span>
              <span className={styles['small']}>
                {look.sample
                  .map((cells) => cells[at]?.slice(0, 40) ?? '')
                  .filter((text) => text !== '')
                  .slice(0, 3)
                  .join(' · ')}
              </span>
            </span>
            <NativeSelect
              aria-label={t('ownDirectory.holds', {
                column: title === '' ? String(at + 1) : title,
              })}
              data={fields}
              value={columns[at] ?? ''}
              onChange={(event) => {
                const field = importFields.find((each) => each === event.currentTarget.value);
                onChange(columns.map((before, place) => (place === at ? (field ?? null) : before)));
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
};

const Result = ({ told: { what, result } }: { readonly told: Told }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const save = async (): Promise<void> => {
    const answer = await order('directory.saveRefusals', {
      header: [t('ownDirectory.line'), t('ownDirectory.reason'), t('ownDirectory.cell')],
      // Every reason has its word.
      reasons: Object.fromEntries(
        refusalReasons.map((reason) => [reason, t(`ownDirectory.why.${reason}`)]),
      ) as Record<(typeof refusalReasons)[number], string>,
    });
    if (answer.ok && answer.value !== null) {
      announce(t('ownDirectory.saved', { path: answer.value }));
    }
  };
  return (
    <section aria-label={t(`ownDirectory.told.${what}`)}>
      <p className={styles['file']}>{t(`ownDirectory.told.${what}`)}</p>
      <dl className={styles['figures']}>
        {(['created', 'changed', 'same', 'refused'] as const).map((figure) => (
          <div key={figure}>
            <dt>{t(`ownDirectory.figure.${figure}`)}</dt>
            <dd>{number.format(result[figure])}</dd>
          </div>
        ))}
      </dl>
      {result.refused === 0 ? null : (
        <>
          <ul className={styles['list']} aria-label={t('ownDirectory.figure.refused')}>
            {result.refusals.slice(0, shownRefusals).map(({ line, reason, text }) => (
              <li key={line} className={styles['row']}>
                <span className={styles['words']}>
                  <span>
                    {t('ownDirectory.lineIs', { line, why: t(`ownDirectory.why.${reason}`) })}
                  </span>
                  <span className={styles['small']}>{text}</span>
                </span>
              </li>
            ))}
          </ul>
          {result.refused > shownRefusals ? (
            <p className={styles['small']}>
              {t('ownDirectory.more', { count: result.refused - shownRefusals })}
            </p>
          ) : null}
          <div className={styles['buttons']}>
            <Button variant="light" size="compact-sm" onClick={() => void save()}>
              {t('ownDirectory.saveRefusals')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
};
