import IconArrowBackUp from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconNotes from '@tabler/icons-react/dist/esm/icons/IconNotes.mjs';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  choose,
  goBack,
  start,
  type NextMove,
  type ScriptPath,
} from '../../../../shared/domain/script/script-path.ts';
import { stepOf, type Script } from '../../../../shared/domain/script/script.ts';
import type { FilledTemplate } from '../../../../shared/domain/template/template.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { languageText } from '../../i18n/formats.ts';
import { useLabel, useLanguage } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { guidanceChords } from '../../state/chords.ts';
import { currentDraftText, editDraft } from '../../state/draft-store.ts';
import { useFilled, useSpokenLanguage } from '../../state/template-values.ts';
import type { Work } from '../../state/work.ts';
import styles from './Guidance.module.css';
import { scriptPanelId } from './panel-ids.ts';
import { makeMove, pathOfWork, presentStep } from './script-orders.ts';

/** What to say in this call, and where the conversation can go from here. */
export const ScriptPanel = ({ work, script }: { readonly work: Work; readonly script: Script }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const own = useLanguage();
  const spoken = useSpokenLanguage(work);
  const [isOwn, setOwn] = useState(false);
  const language = isOwn ? own : spoken;
  const filled = useFilled(work, language);
  const path = pathOfWork(work, script);
  const step = presentStep(script, path);
  const underWay = useRef(false);
  const press = (next: (path: ScriptPath | null) => NextMove | null): void => {
    // A second press would mean a step that is not on screen yet.
    if (underWay.current) return;
    underWay.current = true;
    void makeMove(work, script, path, next).finally(() => {
      underWay.current = false;
      // The choice that had the caret may be gone.
      document.getElementById(scriptPanelId)?.focus();
    });
  };
  const said = saidPath(script, path, label);
  const insertPath = (): void => {
    if (said === '') return;
    const { notes } = currentDraftText(work);
    const line = `${label(script.label)}: ${said}`;
    editDraft(work, { notes: notes === '' ? `${line}\n` : `${notes.trimEnd()}\n${line}\n` });
    announce(t('guidance.pathInserted'));
  };
  const back = (): void => press(goBack);
  const restart = (): void => press(() => start(script));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/u.exec(event.code)?.[1];
    if (digit !== undefined) press((now) => choose(script, now, Number(digit) - 1));
    else if (event.code === guidanceChords.back.code) back();
    else if (event.code === guidanceChords.restart.code) restart();
    else if (event.code === guidanceChords.insertPath.code) insertPath();
    else return;
    event.preventDefault();
  };
  if (step === null) return null;
  const isBegun = (path?.steps.length ?? 0) > 1;
  return (
    <section
      className={styles['panel']}
      id={scriptPanelId}
      aria-label={t('guidance.script')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className={styles['head']}>
        <h2 className={styles['title']}>{label(script.label)}</h2>
        <p className={styles['way']}>{said}</p>
        {spoken === own ? null : (
          <ActionButton
            label={t('guidance.readIn', { language: languageText(isOwn ? spoken : own, own) })}
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              setOwn(!isOwn);
            }}
          />
        )}
      </header>
      <p className={styles['text']} lang={language} aria-live="polite">
        <Filled filled={filled(step.text)} />
      </p>
      {step.end ? <p className={styles['end']}>{t('guidance.scriptEnds')}</p> : null}
      <ol className={styles['choices']} aria-label={t('guidance.choices')}>
        {step.choices.map((choice, index) => (
          <li key={`${choice.goesTo}-${label(choice.label)}`}>
            <button
              type="button"
              className={styles['choice']}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => press((now) => choose(script, now, index))}
            >
              <KeyHint chord={{ code: `Digit${String(index + 1)}` }} />
              <span>{label(choice.label)}</span>
            </button>
          </li>
        ))}
      </ol>
      <footer className={styles['foot']}>
        <ActionButton
          label={t('guidance.back')}
          chord={guidanceChords.back}
          icon={<IconArrowBackUp size={16} />}
          size="xs"
          variant="subtle"
          disabled={!isBegun}
          onClick={back}
        />
        <ActionButton
          label={t('guidance.restart')}
          chord={guidanceChords.restart}
          icon={<IconRefresh size={16} />}
          size="xs"
          variant="subtle"
          disabled={!isBegun}
          onClick={restart}
        />
        <ActionButton
          label={t('guidance.insertPath')}
          chord={guidanceChords.insertPath}
          icon={<IconNotes size={16} />}
          size="xs"
          variant="subtle"
          disabled={said === ''}
          onClick={insertPath}
        />
      </footer>
    </section>
  );
};

/** The choices that led here, in the agent's language. */
const saidPath = (
  script: Script,
  path: ScriptPath | null,
  label: ReturnType<typeof useLabel>,
): string =>
  (path?.steps ?? [])
    .flatMap(({ step, choice }) => {
      const chosen = choice === null ? undefined : stepOf(script, step)?.choices[choice];
      return chosen === undefined ? [] : [label(chosen.label)];
    })
    .join(' → ');

/** A text with its values; what is not known stands out. */
const Filled = ({ filled: { text, gaps } }: { readonly filled: FilledTemplate }) => {
  const ends = [0, ...gaps.map(({ to }) => to)];
  return (
    <>
      {gaps.map(({ from, to }, index) => (
        <span key={from}>
          {text.slice(ends[index], from)}
          <mark className={styles['gap']}>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
};
