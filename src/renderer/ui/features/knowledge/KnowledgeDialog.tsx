import { Button, Modal } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnowledgeSource } from '../../../../shared/api/elsewhere.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { matchesChord } from '../../components/chord.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { chords, knowledgeChords } from '../../state/chords.ts';
import { closeKnowledge, useKnowledge } from '../../state/knowledge-store.ts';
import { order } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';
import { hitsIn, type Hit } from './article-text.ts';
import styles from './Knowledge.module.css';
import { putArticle } from './put-article.ts';
import { useKnowledgeSearch, type Searched } from './use-knowledge-search.ts';

const none: readonly KnowledgeSource[] = [];
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Finds what people wrote down for agents, as it is typed, and puts it into the notes. */
export const KnowledgeDialog = () => {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      size="40rem"
      title={t('knowledge.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      onClose={closeKnowledge}
    >
      <Search />
    </Modal>
  );
};

const Search = () => {
  const { t } = useTranslation();
  const listId = useId();
  const canInsert = useKnowledge(({ opened }) => (opened?.target ?? null) !== null);
  const [text, setText] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const searched = useKnowledgeSearch(text, attempt);
  const sources = searched.state === 'searched' ? searched.sources : none;
  const isSettled = searched.state === 'searched' && searched.waiting?.length === 0;
  const hits = hitsIn(sources);
  // A page to go on searching steps back behind articles: nothing is chosen that may not stay where it is.
  const first = hits.find(({ kind }) => isSettled || kind === 'article');
  const current = hits.find(({ key }) => key === activeKey) ?? first;
  const optionId = ({ key }: Hit): string => `${listId}-${key}`;

  const open = ({ article: { url } }: Hit): void => void order('elsewhere.open', { url });
  const choose = (hit: Hit, withSnippet: boolean): void => {
    if (canInsert && hit.kind === 'article') putArticle(hit, withSnippet);
    else open(hit);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const step = isPlain ? (steps[event.key] ?? 0) : 0;
    if (step !== 0) {
      const at = current === undefined ? -1 : hits.indexOf(current);
      setActiveKey((hits[at + step] ?? current)?.key ?? null);
    } else if (current === undefined) return;
    else if (matchesChord(nativeEvent, knowledgeChords.insert)) choose(current, false);
    else if (matchesChord(nativeEvent, knowledgeChords.insertWithText)) choose(current, true);
    else if (matchesChord(nativeEvent, chords.openElsewhere)) open(current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles['search']}>
      <SearchField
        label={t('knowledge.field')}
        large
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-autocomplete="list"
        aria-controls={hits.length > 0 ? listId : undefined}
        aria-activedescendant={current === undefined ? undefined : optionId(current)}
        data-autofocus
        placeholder={t('knowledge.hint')}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActiveKey(null);
        }}
        onKeyDown={onKeyDown}
      />
      <p className="rs-hidden" role="status">
        {isSettled ? t('knowledge.found', { count: hits.length }) : ''}
      </p>
      {hits.length === 0 ? null : (
        <div
          id={listId}
          className={styles['list']}
          role="listbox"
          aria-label={t('knowledge.results')}
          // It scrolls: WCAG 2.1.1 wants it within reach.
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {hits.map((hit) => (
            <Option
              key={hit.key}
              id={optionId(hit)}
              hit={hit}
              isCurrent={hit === current}
              onChoose={() => {
                choose(hit, false);
              }}
            />
          ))}
        </div>
      )}
      <Failures sources={sources} />
      <Word
        searched={searched}
        hasHits={hits.length > 0}
        text={text.trim()}
        onAgain={() => {
          setAttempt(attempt + 1);
        }}
      />
      {current === undefined ? null : <Keys hit={current} canInsert={canInsert} />}
    </div>
  );
};

const Option = ({
  id,
  hit: { kind, system, article },
  isCurrent,
  onChoose,
}: {
  readonly id: string;
  readonly hit: Hit;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <div
      id={id}
      className={styles['option']}
      role="option"
      aria-selected={isCurrent}
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: 'nearest' });
      }}
      onPointerDown={(event) => {
        // The caret stays in the field.
        event.preventDefault();
      }}
      onClick={onChoose}
    >
      <span className={styles['name']}>
        {kind === 'search_page' ? t('knowledge.searchThere', { system }) : article.title}
      </span>
      {kind === 'search_page' ? null : <span className={styles['system']}>{system}</span>}
      {article.snippet === '' ? null : <span className={styles['snippet']}>{article.snippet}</span>}
    </div>
  );
};

/** Who did not answer, while others did. */
const Failures = ({ sources }: { readonly sources: readonly KnowledgeSource[] }) => {
  const { t } = useTranslation();
  const failed = sources.flatMap(({ connectionId, name, why }) =>
    why === undefined ? [] : [{ connectionId, name, why }],
  );
  if (failed.length === 0) return null;
  return (
    <ul className={styles['failures']} aria-label={t('knowledge.failures')}>
      {failed.map(({ connectionId, name, why }) => (
        <li key={connectionId}>
          {why === 'timeout' || why === 'unavailable'
            ? t('knowledge.noAnswer', { system: name })
            : t('knowledge.failed', { system: name, why: t(`connections.why.${why}`) })}
        </li>
      ))}
    </ul>
  );
};

/** What there is to say instead of a list. */
const Word = ({
  searched,
  hasHits,
  text,
  onAgain,
}: {
  readonly searched: Searched;
  readonly hasHits: boolean;
  readonly text: string;
  readonly onAgain: () => void;
}) => {
  const { t } = useTranslation();
  switch (searched.state) {
    case 'nothing_typed':
      return <p className={styles['word']}>{t('knowledge.nothingTyped')}</p>;
    case 'away':
      return (
        <div className={styles['word']} role="alert">
          <p>{t('knowledge.away')}</p>
          <Button size="compact-sm" variant="light" onClick={onAgain}>
            {t('quality.retry')}
          </Button>
        </div>
      );
    case 'searched': {
      const { waiting, isSlow } = searched;
      if (waiting === null || waiting.length > 0) {
        const systems = isSlow && waiting !== null ? waiting.join(', ') : '';
        // While there is something to read nobody is told at once that there may be more.
        if (hasHits && systems === '') return null;
        return (
          <p className={styles['word']} role="status">
            {systems === ''
              ? t(isSlow ? 'knowledge.slow' : 'knowledge.searching')
              : t('knowledge.stillIn', { systems })}
          </p>
        );
      }
      if (searched.sources.length === 0) return <NotSetUp />;
      // Who did not answer may have it.
      if (hasHits || searched.sources.every(({ why }) => why !== undefined)) return null;
      return <p className={styles['word']}>{t('knowledge.nothingFound', { text })}</p>;
    }
  }
};

const NotSetUp = () => {
  const { t } = useTranslation();
  const isAdministrator = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role === 'administrator',
  );
  if (!isAdministrator) return <p className={styles['word']}>{t('knowledge.notSetUp')}</p>;
  return (
    <div className={styles['word']}>
      <p>{t('knowledge.setUp')}</p>
      <Button
        size="compact-sm"
        variant="light"
        onClick={() => {
          closeKnowledge();
          show({ kind: 'connections' });
        }}
      >
        {t('connections.title')}
      </Button>
    </div>
  );
};

const Keys = ({ hit, canInsert }: { readonly hit: Hit; readonly canInsert: boolean }) => {
  const { t } = useTranslation();
  const isInserted = canInsert && hit.kind === 'article';
  return (
    <p className={styles['keys']}>
      {isInserted ? (
        <span>
          <KeyHint chord={knowledgeChords.insert} /> {t('knowledge.insert')}
        </span>
      ) : null}
      {isInserted && hit.article.snippet !== '' ? (
        <span>
          <KeyHint chord={knowledgeChords.insertWithText} /> {t('knowledge.insertWithText')}
        </span>
      ) : null}
      <span>
        <KeyHint chord={isInserted ? chords.openElsewhere : knowledgeChords.insert} />{' '}
        {t('knowledge.openPage')}
      </span>
    </p>
  );
};
