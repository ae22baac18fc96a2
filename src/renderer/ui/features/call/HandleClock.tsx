import { Popover } from '@mantine/core';
import IconInfoCircle from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { useTranslation } from 'react-i18next';
import {
  handleTimeOf,
  segmentsOf,
  type HandleTime,
} from '../../../../shared/domain/handle-time/segments.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { SegmentBar } from '../../components/SegmentBar.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useNowWhile } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import styles from './HandleClock.module.css';

const legend = [
  { kind: 'ring', part: 'ringMs' },
  { kind: 'dial', part: 'dialMs' },
  { kind: 'talk', part: 'talkMs' },
  { kind: 'hold', part: 'holdMs' },
  { kind: 'consult', part: 'consultMs' },
  { kind: 'wrap_up', part: 'wrapUpMs' },
] as const satisfies readonly { readonly kind: string; readonly part: keyof HandleTime }[];

const defaultTargetMs = 300_000;

/** Handle time as it grows, split by segment; folded from the same facts that the backend folds. */
export const HandleClock = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const target = useDesk((desk) => desk.today?.targetHandleMs ?? defaultTargetMs);
  const segments = segmentsOf(work.facts);
  const open = segments.at(-1);
  const running = open?.endedAt === null;
  const now = useNowWhile(running);
  const sums = handleTimeOf(segments, now);
  const before = work.direction === 'inbound' ? 'ring' : 'dial';
  const allMs = sums.handleMs + sums.ringMs + sums.dialMs;
  const parts = segments.map((segment) => ({
    kind: segment.kind,
    ms: Math.max(0, (segment.endedAt ?? now) - segment.startedAt),
  }));
  return (
    <div className={styles['clock']}>
      <div className={styles['line']}>
        <p className={styles['total']}>
          <span className={styles['figure']}>{durationText(sums.handleMs)}</span>
          <Popover position="bottom-start" width={300}>
            <Popover.Target>
              <button type="button" className={styles['formula']}>
                <span className={styles['title']}>{t('handleTime.title')}</span>
                <IconInfoCircle size={14} aria-hidden="true" />
              </button>
            </Popover.Target>
            <Popover.Dropdown>
              <Formula sums={sums} />
            </Popover.Dropdown>
          </Popover>
        </p>
        <ul className={styles['legend']}>
          {legend
            .filter(({ kind }) => (kind !== 'ring' && kind !== 'dial') || kind === before)
            .filter(({ kind }) => kind !== 'consult' || sums.consultMs > 0)
            .map(({ kind, part }) => (
              <li
                key={kind}
                className={styles['entry']}
                data-kind={kind}
                data-running={(running && open.kind === kind) || undefined}
              >
                <span className={styles['label']}>{t(`handleTime.${kind}`)}</span>
                <span className={styles['value']}>{durationText(sums[part])}</span>
              </li>
            ))}
        </ul>
      </div>
      <SegmentBar
        parts={parts}
        fullMs={Math.max(target, allMs)}
        label={t('handleTime.bar', {
          time: durationText(sums.handleMs),
          target: durationText(target),
        })}
      />
    </div>
  );
};

const Formula = ({ sums }: { readonly sums: HandleTime }) => {
  const { t } = useTranslation();
  return (
    <div className={styles['explained']}>
      <p className={styles['rule']}>{t('handleTime.formula')}</p>
      <p className="rs-figures">
        {`${durationText(sums.talkMs)} + ${durationText(sums.consultMs)} + ${durationText(sums.holdMs)} + ${durationText(sums.wrapUpMs)}`}
      </p>
      <p className={styles['aside']}>{t('handleTime.notCounted')}</p>
    </div>
  );
};
