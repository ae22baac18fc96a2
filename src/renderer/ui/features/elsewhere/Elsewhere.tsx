import { ActionIcon, Button, Skeleton, TextInput } from '@mantine/core';
import IconExternalLink from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ElsewhereItem,
  ElsewherePerson,
  ElsewhereSource,
} from '../../../../shared/api/elsewhere.ts';
import { serverNow } from '../../bridge/clock.ts';
import { ChoiceRow } from '../../components/ChoiceRow.tsx';
import { Monogram } from '../../components/Monogram.tsx';
import { Tag } from '../../components/Tag.tsx';
import { firstText, pastText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { matchChord } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { useWritten } from '../../state/use-written.ts';
import type { Work } from '../../state/work.ts';
import { aboutWorkHere, openWriting } from '../../state/write-store.ts';
import { DeedLine } from '../deeds/DeedLine.tsx';
import { useWritable, WriteButtons, type Writable } from '../deeds/WriteButtons.tsx';
import { confirmElsewhere, openElsewhere } from './elsewhere-orders.ts';
import styles from './Elsewhere.module.css';
import { choicesIn, useElsewhere } from './use-elsewhere.ts';

/** What other systems know of the caller, as each of them answers; nothing where none is connected. */
export const Elsewhere = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const sources = useElsewhere(work);
  const { card } = work;
  const found = sources
    .filter(({ state }) => state === 'found')
    .map(({ name }) => name)
    .join(', ');
  useEffect(() => {
    if (found !== '') announce(t('elsewhere.foundIn', { systems: found }));
  }, [found, t]);
  const writable = useWritable(sources);
  if (card === null) return null;
  return sources.length === 0 && writable.length === 0 ? null : (
    <Parts work={work} sources={sources} writable={writable} contactId={card.contactId} />
  );
};

const Parts = ({
  work,
  sources,
  writable,
  contactId,
}: {
  readonly work: Work;
  readonly sources: readonly ElsewhereSource[];
  readonly writable: readonly Writable[];
  readonly contactId: string;
}) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const written = useWritten(contactId);
  const again = async (): Promise<void> => {
    setAsking(true);
    await order('elsewhere.again', { contactId });
    setAsking(false);
  };
  return (
    <section className={styles['elsewhere']} aria-label={t('elsewhere.title')}>
      <header className={styles['head']}>
        <h3 className={styles['heading']}>{t('elsewhere.title')}</h3>
        {sources.length === 0 ? null : (
          <ActionIcon
            variant="subtle"
            color="not-ready"
            size="sm"
            loading={asking}
            aria-label={t('elsewhere.again')}
            onClick={() => void again()}
          >
            <IconRefresh size={16} />
          </ActionIcon>
        )}
      </header>
      <WriteButtons
        contactId={work.card?.contactId ?? null}
        writable={writable}
        onWrite={(kind) => {
          const about = aboutWorkHere(work);
          if (about !== null) openWriting(kind, about);
        }}
      />
      {sources.map((source) => (
        <Source key={source.connectionId} source={source} sources={sources} work={work} />
      ))}
      {typeof written === 'string' || written.length === 0 ? null : (
        <div className={styles['source']}>
          <h4 className={styles['name']}>{t('deeds.written')}</h4>
          <ul className={styles['items']}>
            {written.map((deed) => (
              <li key={deed.id}>
                <DeedLine deed={deed} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

type SourceProps = {
  readonly source: ElsewhereSource;
  readonly sources: readonly ElsewhereSource[];
  readonly work: Work;
};

const Source = ({ source, sources, work }: SourceProps) => {
  const { t } = useTranslation();
  const { name, state, people, items, why, isComplete, hasMore } = source;
  const choices = choicesIn(sources);
  const isToChoose = choices.some((choice) => choice.source === source);
  const person = people.find(({ grade }) => grade === 'confirmed') ?? people[0];
  const contactId = work.card?.contactId;
  const ownKind = work.card?.match.kind;
  const usesKeys = ownKind === 'several' || ownKind === 'maybe';
  return (
    <div className={styles['source']} data-state={state}>
      <h4 className={styles['name']}>{name}</h4>
      {state === 'searching' ? (
        <div className={styles['searching']}>
          <Skeleton height={36} animate={false} />
          <span className="rs-hidden">{t('elsewhere.searching')}</span>
        </div>
      ) : null}
      {state === 'nobody' ? <Nobody source={source} work={work} /> : null}
      {why === undefined ? null : <p className={styles['why']}>{t(`connections.why.${why}`)}</p>}
      {isToChoose ? (
        <>
          <p className={styles['text']}>
            {t(
              people.some(({ grade }) => grade === 'exact')
                ? 'match.severalText'
                : 'match.maybeText',
            )}
          </p>
          <ul>
            {people.map((each) => (
              <li key={`${each.type} ${each.id}`}>
                <PersonChoice
                  person={each}
                  index={usesKeys ? -1 : choices.findIndex((choice) => choice.person === each)}
                  onChoose={() => {
                    if (contactId === undefined) return;
                    void confirmElsewhere(contactId, source.connectionId, each);
                  }}
                />
              </li>
            ))}
          </ul>
          {hasMore ? <p className={styles['text']}>{t('elsewhere.more')}</p> : null}
        </>
      ) : person === undefined ? null : (
        <>
          <Known person={person} />
          {isComplete ? null : <Skeleton height={36} animate={false} />}
          <ul className={styles['items']}>
            {items.map((item) => (
              <li key={`${item.type} ${item.id}`}>
                <Item item={item} />
              </li>
            ))}
          </ul>
          {isComplete && items.length === 0 && why === undefined ? (
            <p className={styles['text']}>{t('ticket.noneOpen')}</p>
          ) : null}
        </>
      )}
    </div>
  );
};

const PersonChoice = ({
  person,
  index,
  onChoose,
}: {
  readonly person: ElsewherePerson;
  /** Of its key; -1: it has none. */
  readonly index: number;
  readonly onChoose: () => void;
}) => {
  const { t } = useTranslation();
  const { name, company, email, phone, grade } = person;
  return (
    <ChoiceRow
      icon={<Monogram name={name} size="small" />}
      title={name}
      about={[
        t(`match.${grade}`),
        [company, email].filter(Boolean).join(' · '),
        (phone ?? '').replaceAll(' ', '\u00a0'),
      ]}
      chord={index >= 0 && index < 9 ? matchChord(index) : null}
      onChoose={onChoose}
    />
  );
};

const PageButton = ({ url, label }: { readonly url: string; readonly label: string }) => (
  <ActionIcon
    variant="subtle"
    color="not-ready"
    size="sm"
    aria-label={label}
    onClick={() => {
      openElsewhere(url);
    }}
  >
    <IconExternalLink size={16} />
  </ActionIcon>
);

const Known = ({ person }: { readonly person: ElsewherePerson }) => {
  const { t } = useTranslation();
  const { name, company, email, grade, url } = person;
  return (
    <div className={styles['person']}>
      <div className={styles['words']}>
        <p className={styles['who']}>{name}</p>
        <p className={styles['about']}>
          {[t(`match.${grade}`), company, email].filter(Boolean).join(' · ')}
        </p>
      </div>
      <PageButton url={url} label={t('elsewhere.openPage', { name })} />
    </div>
  );
};

const Item = ({ item }: { readonly item: ElsewhereItem }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { reference, title, status, isOpen, updatedAt, url } = item;
  return (
    <div className={styles['item']} data-open={isOpen}>
      <div className={styles['words']}>
        <p className={styles['subject']}>{firstText(title, reference)}</p>
        <p className={styles['about']}>
          <Tag tone={isOpen ? 'wrap-up' : 'not-ready'}>
            {t(isOpen ? 'ticket.status.open' : 'elsewhere.closed')}
          </Tag>
          <span>{reference}</span>
          {status === '' ? null : <span>{status}</span>}
          {updatedAt === 0 ? null : <span>{pastText(updatedAt, serverNow(), locale)}</span>}
        </p>
      </div>
      <PageButton
        url={url}
        label={t('elsewhere.openPage', { name: firstText(reference, title) })}
      />
    </div>
  );
};

/** Nobody has the number there; where the system can do it, a record is made by name. */
const Nobody = ({ source, work }: { readonly source: ElsewhereSource; readonly work: Work }) => {
  const { t } = useTranslation();
  const match = work.card?.match;
  const known = match !== undefined && 'customer' in match ? match.customer.name : '';
  const [name, setName] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const contactId = work.card?.contactId;
  const canMake = source.capabilities.includes('createPerson') && work.card?.remoteNumber !== '';

  const make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (contactId === undefined || name === null || name.trim() === '') return;
    setSending(true);
    const { connectionId } = source;
    const answer = await order('elsewhere.create', { contactId, connectionId, name: name.trim() });
    setSending(false);
    if (answer.ok) announce(t('match.linked', { name: name.trim() }));
  };

  return (
    <>
      <p className={styles['text']}>{t('elsewhere.nobody')}</p>
      {!canMake ? null : name === null ? (
        <Button
          className={styles['make'] ?? ''}
          variant="subtle"
          color="not-ready"
          size="compact-sm"
          onClick={() => {
            setName(known);
          }}
        >
          {t('elsewhere.make', { system: source.name })}
        </Button>
      ) : (
        <form className={styles['form']} onSubmit={(event) => void make(event)}>
          <TextInput
            label={t('customer.name')}
            value={name}
            maxLength={128}
            autoFocus
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Button
            type="submit"
            variant="light"
            size="sm"
            loading={sending}
            disabled={name.trim() === ''}
          >
            {t('elsewhere.makeButton')}
          </Button>
        </form>
      )}
    </>
  );
};
