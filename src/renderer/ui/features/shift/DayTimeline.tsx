import { useTranslation } from 'react-i18next';
import type { AdherenceDay } from '../../../../shared/api/shifts.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useShiftText } from '../../state/use-shift-text.ts';
import { useReasonLabel } from '../agent/use-reason-label.ts';
import styles from './DayTimeline.module.css';

const hourMs = 3_600_000;
const legend = ['adherent', 'grace', 'excused', 'out'] as const;

/** The day as two lanes over the hours: planned above, lived below. */
export const DayTimeline = ({ day, now }: { readonly day: AdherenceDay; readonly now: number }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const reasonLabel = useReasonLabel();
  const { nameOf } = useShiftText();
  const first = day.plan[0]?.startsAt ?? day.from;
  const last = day.plan.at(-1)?.endsAt ?? day.to;
  const from = Math.floor(first / hourMs) * hourMs;
  const to = Math.max(from + hourMs, Math.ceil(last / hourMs) * hourMs);
  const placeOf = (at: number): string =>
    `${(((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100).toFixed(3)}%`;
  const box = (startsAt: number, endsAt: number) => ({
    left: placeOf(startsAt),
    width: `calc(${placeOf(endsAt)} - ${placeOf(startsAt)})`,
  });
  const span = (startsAt: number, endsAt: number): string =>
    `${timeText(startsAt, locale)} – ${timeText(endsAt, locale)}`;
  const step = to - from > 8 * hourMs ? 2 : 1;
  const hours = Array.from(
    { length: Math.floor((to - from) / (step * hourMs)) + 1 },
    (_, index) => from + index * step * hourMs,
  );
  const planned = day.plan
    .map((stretch) => `${nameOf(stretch)} ${span(stretch.startsAt, stretch.endsAt)}`)
    .join(', ');

  return (
    <section className={styles['timeline']} aria-labelledby="shift-timeline">
      <h2 id="shift-timeline" className="rs-hidden">
        {t('shift.timeline')}
      </h2>
      <p className={styles['lane']}>{t('shift.planned')}</p>
      <div className={styles['track']} role="img" aria-label={planned}>
        {day.plan.map((stretch) => (
          <span
            key={stretch.startsAt}
            className={styles['plan']}
            data-kind={stretch.kind}
            style={box(stretch.startsAt, stretch.endsAt)}
            title={`${nameOf(stretch)}, ${span(stretch.startsAt, stretch.endsAt)}`}
          >
            <span className={styles['name']}>{nameOf(stretch)}</span>
          </span>
        ))}
      </div>
      <p className={styles['lane']}>{t('shift.lived')}</p>
      <div className={styles['track']} aria-hidden="true">
        {day.spans.map((lived) => (
          <span
            key={lived.startsAt}
            className={styles['lived']}
            data-verdict={lived.verdict}
            style={box(lived.startsAt, lived.endsAt)}
            title={[
              span(lived.startsAt, lived.endsAt),
              lived.state === 'not_ready' && lived.reason !== null
                ? reasonLabel(lived.reason)
                : t(`agent.state.${lived.state}`),
              t(`shift.verdict.${lived.verdict}`),
            ].join(', ')}
          />
        ))}
        {now > from && now < to ? (
          <span className={styles['now']} style={{ left: placeOf(now) }} />
        ) : null}
      </div>
      <div className={styles['hours']} aria-hidden="true">
        {hours.map((at) => (
          <span key={at} className={styles['hour']} style={{ left: placeOf(at) }}>
            {timeText(at, locale)}
          </span>
        ))}
      </div>
      <ul className={styles['legend']}>
        {legend.map((verdict) => (
          <li key={verdict}>
            <span className={styles['swatch']} data-verdict={verdict} aria-hidden="true" />
            {t(`shift.verdict.${verdict}`)}
          </li>
        ))}
      </ul>
    </section>
  );
};
