import { useTranslation } from 'react-i18next';
import type { Leg } from '../../../../shared/api/records.ts';
import { SegmentBar } from '../../components/SegmentBar.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { LegSound } from '../line/LegSound.tsx';
import { LegLine } from './LegLine.tsx';
import styles from './LegPart.module.css';
import { LegWrapUp } from './LegWrapUp.tsx';

/** To the second: a ledger is read against other clocks. */
const exactTime = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);

/** Less than this is the way of a message from one to the other. */
const worthAWordMs = 1_000;

const compared = ['offeredMs', 'answeredMs', 'endedMs'] as const;

/** Where the PBX's own times are others than the phone's. */
const PbxDifference = ({ afterPbx }: Pick<Leg, 'afterPbx'>) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const differences = compared
    .map((what) => ({ what, ms: afterPbx[what] ?? 0 }))
    .filter(({ ms }) => Math.abs(ms) > worthAWordMs);
  return differences.length === 0 ? null : (
    <p className={styles['compared']}>
      {differences
        .map(({ what, ms }) =>
          t(`contact.pbx.${what}.${ms > 0 ? 'later' : 'earlier'}`, {
            seconds: seconds.format(Math.abs(ms) / 1_000),
          }),
        )
        .join(' ')}
    </p>
  );
};

/** One agent's part: handle time with its segments, the code and the notes. */
export const LegPart = ({
  leg,
  callKey,
  queue,
}: {
  readonly leg: Leg;
  readonly callKey: string;
  readonly queue: string | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const parts = leg.segments.map((segment) => ({
    kind: segment.kind,
    ms: segment.endedAt === null ? 0 : segment.endedAt - segment.startedAt,
  }));
  const fullMs = parts.reduce((sum, part) => sum + part.ms, 0);
  const end = leg.facts.findLast((fact) => fact.kind === 'ended');
  return (
    <section className={styles['leg']} aria-label={leg.agent.name}>
      <header className={styles['head']}>
        <div>
          <p className={styles['figure']}>{durationText(leg.handleMs)}</p>
          <p className={styles['caption']}>
            {t('handleTime.title')} · {leg.agent.name}
          </p>
        </div>
        <p className={styles['formula']}>{t('handleTime.formula')}</p>
      </header>
      <SegmentBar
        parts={parts}
        fullMs={fullMs}
        label={t('handleTime.barPast', { time: durationText(leg.handleMs) })}
      />
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('contact.segment')}</th>
            <th scope="col">{t('contact.from')}</th>
            <th scope="col">{t('contact.to')}</th>
            <th scope="col" className={styles['number']}>
              {t('contact.length')}
            </th>
          </tr>
        </thead>
        <tbody>
          {leg.segments.map((segment) => (
            <tr key={segment.startedAt}>
              <td>
                <span className={styles['kind']} data-kind={segment.kind}>
                  {t(`handleTime.${segment.kind}`)}
                </span>
              </td>
              <td>{exactTime(segment.startedAt, locale)}</td>
              <td>{segment.endedAt === null ? '…' : exactTime(segment.endedAt, locale)}</td>
              <td className={styles['number']}>
                {segment.endedAt === null ? '…' : durationText(segment.endedAt - segment.startedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PbxDifference afterPbx={leg.afterPbx} />
      <dl className={styles['facts']}>
        {end === undefined ? null : (
          <div>
            <dt>{t('contact.end')}</dt>
            <dd>{t(`end.${end.outcome}.${end.side}`)}</dd>
          </div>
        )}
        {leg.line === undefined ? null : (
          <>
            <LegLine line={leg.line} />
            <LegSound line={leg.line} />
          </>
        )}
      </dl>
      <LegWrapUp leg={leg} callKey={callKey} queue={queue} />
    </section>
  );
};
