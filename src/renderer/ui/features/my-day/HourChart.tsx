import { useTranslation } from 'react-i18next';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { handleParts, type DayHour } from './day-hours.ts';
import styles from './MyDay.module.css';

const height = 120;
const barWidth = 26;
const step = 44;
const top = 18;
const bottom = 20;

/** The work of each hour as a bar of its parts; hidden from screen readers, who have the table. */
export const HourChart = ({
  hours,
  zone,
}: {
  readonly hours: readonly DayHour[];
  readonly zone: string;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  // The fullest hour fills the height; a quiet morning does not look like a busy one.
  const fullMs = Math.max(15 * 60_000, ...hours.map(({ handleMs }) => handleMs));
  const width = hours.length * step;
  return (
    <figure className={styles['chart']}>
      <svg
        viewBox={`0 0 ${width} ${height + top + bottom}`}
        width={width}
        height={height + top + bottom}
        aria-hidden="true"
      >
        <line className={styles['ground']} x1={0} x2={width} y1={top + height} y2={top + height} />
        {hours.map((hour, index) => {
          const x = index * step + (step - barWidth) / 2;
          let y = top + height;
          return (
            <g key={hour.from}>
              {handleParts.map((part) => {
                const partHeight = (hour.parts[part] / fullMs) * height;
                y -= partHeight;
                return partHeight === 0 ? null : (
                  <rect
                    key={part}
                    className={styles['part']}
                    data-kind={part}
                    x={x}
                    y={y.toFixed(2)}
                    width={barWidth}
                    height={partHeight.toFixed(2)}
                  />
                );
              })}
              {hour.calls === 0 ? null : (
                <text className={styles['count']} x={x + barWidth / 2} y={(y - 5).toFixed(2)}>
                  {hour.calls}
                </text>
              )}
              <text className={styles['hour']} x={x + barWidth / 2} y={top + height + 14}>
                {timeText(hour.from, locale, zone)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className={styles['legend']} aria-hidden="true">
        {handleParts.map((part) => (
          <span key={part} className={styles['key']} data-kind={part}>
            {t(`handleTime.${part}`)}
          </span>
        ))}
      </figcaption>
      <table className="rs-hidden">
        <caption>{t('myDay.hours')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('myDay.hour')}</th>
            <th scope="col">{t('myDay.calls')}</th>
            <th scope="col">{t('myDay.handle')}</th>
            {handleParts.map((part) => (
              <th key={part} scope="col">
                {t(`handleTime.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.from}>
              <th scope="row">{timeText(hour.from, locale, zone)}</th>
              <td>{hour.calls}</td>
              <td>{durationText(hour.handleMs)}</td>
              {handleParts.map((part) => (
                <td key={part}>{durationText(hour.parts[part])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
};
