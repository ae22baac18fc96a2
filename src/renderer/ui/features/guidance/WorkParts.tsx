import IconId from '@tabler/icons-react/dist/esm/icons/IconId.mjs';
import IconNotes from '@tabler/icons-react/dist/esm/icons/IconNotes.mjs';
import IconRoute from '@tabler/icons-react/dist/esm/icons/IconRoute.mjs';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { ariaKeys } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { useGuidance, useGuides } from '../../state/guidance-store.ts';
import { useIsEmergency } from '../../state/use-emergency.ts';
import { customerOf, useVerification } from '../../state/verification.ts';
import type { Work } from '../../state/work.ts';
import {
  partOf,
  partPanelId as panelId,
  showPart,
  useWorkPart,
  type WorkPart,
} from '../../state/work-part.ts';
import styles from './Guidance.module.css';
import { IdentityPanel } from './IdentityPanel.tsx';
import { identityPanelId } from './panel-ids.ts';
import { ScriptPanel } from './ScriptPanel.tsx';

const icons = {
  notes: <IconNotes size={16} aria-hidden="true" />,
  script: <IconRoute size={16} aria-hidden="true" />,
  identity: <IconId size={16} aria-hidden="true" />,
};
const keys = { notes: undefined, script: chords.script, identity: chords.identity };

/** Which parts the centre of this call has beside its notes. */
export const usePartsOf = (work: Work | null): readonly WorkPart[] => {
  const { script, policy } = useGuides(work?.queue ?? null);
  const isEmergency = useIsEmergency(work);
  // A leg to a colleague has no guides of its own.
  if (work?.consultFor !== null || isEmergency) return ['notes'];
  return [
    'notes',
    ...(script === null ? [] : (['script'] as const)),
    ...(policy === null ? [] : (['identity'] as const)),
  ];
};

/** Notes, script and identity of a call, one at a time; the notes alone where its queue names nothing else. */
export const WorkParts = ({
  work,
  children,
}: {
  readonly work: Work;
  /** The notes; there all the while, so that neither caret nor letter is lost. */
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation();
  const parts = usePartsOf(work);
  const chosen = useWorkPart();
  const { script } = useGuides(work.queue);
  const verification = useVerification(work);
  const part = partOf(chosen, work, parts);
  const isMissing = useGuidance(({ book, failed }) => book === null && failed);
  if (parts.length === 1) {
    return (
      <>
        {isMissing ? <p className={styles['missing']}>{t('guidance.notLoaded')}</p> : null}
        {children}
      </>
    );
  }
  const open = (next: WorkPart | undefined): void => {
    if (next === undefined) return;
    showPart(work, next, () => {
      document.getElementById(tabId(next))?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = parts.indexOf(part);
    if (event.code === 'ArrowRight') open(parts[(at + 1) % parts.length]);
    else if (event.code === 'ArrowLeft') open(parts.at(at - 1));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles['bar']}>
        <div
          className={styles['tabs']}
          role="tablist"
          aria-label={t('guidance.parts')}
          onKeyDown={onKeyDown}
        >
          {parts.map((each) => (
            <button
              key={each}
              type="button"
              id={tabId(each)}
              className={styles['tab']}
              role="tab"
              aria-selected={each === part}
              aria-controls={panelId(each)}
              aria-keyshortcuts={keys[each] === undefined ? undefined : ariaKeys(keys[each])}
              tabIndex={each === part ? 0 : -1}
              onClick={() => {
                open(each);
              }}
            >
              {icons[each]}
              {t(`guidance.part.${each}`)}
            </button>
          ))}
        </div>
        {part === 'identity' ? null : <Reminder work={work} />}
      </div>
      <div
        id={panelId('notes')}
        className={styles['part']}
        role="tabpanel"
        aria-labelledby={tabId('notes')}
        data-hidden={part !== 'notes' || undefined}
      >
        {children}
      </div>
      {part === 'script' && script !== null ? (
        <div
          id={panelId('script')}
          className={styles['part']}
          role="tabpanel"
          aria-labelledby={tabId('script')}
        >
          <ScriptPanel work={work} script={script} />
        </div>
      ) : null}
      {part === 'identity' ? (
        <div
          id={panelId('identity')}
          className={styles['part']}
          role="tabpanel"
          aria-labelledby={tabId('identity')}
        >
          {verification === null ? (
            <p className={styles['nobody']} id={identityPanelId} tabIndex={-1}>
              {t(customerOf(work) === null ? 'guidance.noCustomer' : 'guidance.notNow')}
            </p>
          ) : (
            <IdentityPanel key={verification.customer.id} work={work} verification={verification} />
          )}
        </div>
      ) : null}
    </>
  );
};

const tabId = (part: WorkPart): string => `work-tab-${part}`;

/** The queue wants to know who it is, and nobody asked yet. It stands in nobody's way. */
const Reminder = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const verification = useVerification(work);
  if (verification?.policy.required !== true || verification.state === 'verified') return null;
  return (
    <div className={styles['reminder']} data-tone="wrap-up">
      <p>{t(verification.state === 'failed' ? 'guidance.remindFailed' : 'guidance.remind')}</p>
      <ActionButton
        label={t('guidance.verify')}
        chord={chords.identity}
        size="compact-xs"
        variant="subtle"
        onClick={() => {
          showPart(work, 'identity', () => {
            document.getElementById(identityPanelId)?.focus();
          });
        }}
      />
    </div>
  );
};
