import { useTranslation } from 'react-i18next';
import type { CheckMeasured } from '../../../../shared/domain/shift-check/measured.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './CheckPage.module.css';

/** Everything that was measured, for the curious and for whoever helps. */
export const CheckFigures = ({ measured }: { readonly measured: CheckMeasured }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { microphone, speaker, line, machine } = measured;
  const figures = [
    ['speech', microphone?.speechDbfs, 'dB'],
    ['noise', microphone?.noiseDbfs, 'dB'],
    ['echo', speaker?.echoLossDb, 'dB'],
    ['roundTrip', line?.roundTripMs, 'ms'],
    ['jitter', line?.jitterMs, 'ms'],
    ['loss', line?.lossPercent, '%'],
    ['mos', line?.mos, ''],
    ['busy', machine?.busyPercent, '%'],
    ['late', machine?.lateMs, 'ms'],
    ['free', machine?.freeMegabytes, 'MB'],
    ['clock', machine?.clockOffMs, 'ms'],
  ] as const;
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value, unit]) =>
        value === undefined || value === null ? null : (
          <div key={name}>
            <dt>{t(`check.figure.${name}`)}</dt>
            <dd>{`${number.format(value)} ${unit}`.trim()}</dd>
          </div>
        ),
      )}
      {machine === undefined || machine.vpn.length === 0 ? null : (
        <div>
          <dt>{t('check.figure.vpn')}</dt>
          <dd>{machine.vpn.join(', ')}</dd>
        </div>
      )}
    </dl>
  );
};
