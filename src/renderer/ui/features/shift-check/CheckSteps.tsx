import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconCircle from '@tabler/icons-react/dist/esm/icons/IconCircle.mjs';
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconMinus from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs';
import { useTranslation } from 'react-i18next';
import { checkSteps } from '../../../../shared/domain/shift-check/measured.ts';
import type { CheckRun, CheckStepView } from '../../../../shared/ipc/shift-check.ts';
import styles from './CheckPage.module.css';
import { toneOfWord } from './check-tones.ts';

const iconOf = ({ state, word }: CheckStepView): typeof IconCheck => {
  switch (state) {
    case 'waiting':
      return IconCircle;
    case 'running':
    case 'asking':
      return IconCircleDashed;
    case 'skipped':
      return IconMinus;
    case 'done':
      return word === 'good' ? IconCheck : IconAlertTriangle;
  }
};

/** Each step as it runs, a word each. */
export const CheckSteps = ({ run }: { readonly run: CheckRun }) => {
  const { t } = useTranslation();
  return (
    <ol className={styles['steps']} aria-label={t('check.steps')}>
      {checkSteps.map((step) => {
        const view = run.steps[step];
        const Icon = iconOf(view);
        const { state, word } = view;
        return (
          <li
            key={step}
            className={styles['step']}
            data-step={step}
            data-state={state}
            data-tone={word === null ? 'not-ready' : toneOfWord[word]}
          >
            <Icon size={18} aria-hidden="true" className={styles['icon']} />
            <span className={styles['name']}>{t(`check.step.${step}`)}</span>
            <span className={styles['word']}>
              {state === 'done' ? t(`check.word.${word ?? 'good'}`) : t(`check.state.${state}`)}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
