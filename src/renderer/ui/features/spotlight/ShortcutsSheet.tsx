import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { keyText } from '../../components/chord.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { chords } from '../../state/chords.ts';
import { change } from '../../state/view-store.ts';
import type { ListedAction } from './listed-action.ts';
import styles from './ShortcutsSheet.module.css';

const groups = ['call', 'consent', 'wrapUp', 'agent', 'customer', 'go'] as const;

/** Every key of the desk, by what it is for. */
export const ShortcutsSheet = ({ actions }: { readonly actions: readonly ListedAction[] }) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={() => {
        change({ shortcuts: false });
      }}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size="44rem"
      centered
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
    >
      <p className={styles['help']}>{t('shortcuts.help')}</p>
      <div className={styles['groups']}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={styles['title']}>{t(`shortcuts.${group}`)}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group && action.chord !== null)
                .map((action) => (
                  <div key={action.id} className={styles['row']}>
                    <dt>{action.label}</dt>
                    <dd>{action.chord === null ? null : <Keys action={action} />}</dd>
                  </div>
                ))}
              {group === 'go' ? (
                <div className={styles['row']}>
                  <dt>{t('spotlight.open')}</dt>
                  <dd>
                    <KeyHint chord={chords.everything} />
                    <span className="rs-hidden">{keyText(chords.everything)}</span>
                  </dd>
                </div>
              ) : null}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
};

const Keys = ({ action }: { readonly action: ListedAction }) =>
  action.chord === null ? null : (
    <>
      <KeyHint chord={action.chord} />
      <span className="rs-hidden">{keyText(action.chord)}</span>
    </>
  );
