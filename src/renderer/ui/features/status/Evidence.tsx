import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import { dateTimeText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { show } from '../../state/view-store.ts';
import styles from './Evidence.module.css';
import { LineFigures } from './LineFigures.tsx';
import type { StatusItem } from './status-items.ts';
import { wordOf } from './status-words.ts';

type Fact = readonly [label: string, value: string];

/** What an item of the status line rests on, and what to do when it is bad. */
export const Evidence = ({ item }: { readonly item: StatusItem }) => {
  const { t } = useTranslation();
  const facts = useFacts(item);
  return (
    <div className={styles['evidence']}>
      <p className={styles['title']}>{`${t(`status.${item.name}.name`)}: ${wordOf(item, t)}`}</p>
      <p className={styles['help']}>
        {item.word === 'absent'
          ? t('status.help.pbx.absent')
          : t(`status.help.${item.name}.${item.tone === 'bad' ? 'bad' : 'good'}`)}
      </p>
      {item.name === 'line' ? <LineFigures /> : null}
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label} className={styles['fact']}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {item.word === 'refused' ? (
        <Button
          variant="light"
          color="not-ready"
          onClick={() => {
            show({ kind: 'settings' });
          }}
        >
          {t('settings.refused.show')}
        </Button>
      ) : null}
      {item.name === 'microphone' && item.word === 'live' ? (
        <LevelMeter source="microphone" subscribe={onLevels} wide />
      ) : null}
    </div>
  );
};

const useFacts = (item: StatusItem): readonly Fact[] => {
  const { t } = useTranslation();
  const locale = useLocale();
  const desk = useDesk((snapshot) => snapshot);
  const phone = usePhone((snapshot) => snapshot);
  switch (item.name) {
    case 'signalling': {
      const registration = phone?.registration;
      if (registration?.state === 'registered') {
        return [[t('status.fact.since'), dateTimeText(registration.since, locale)]];
      }
      if (item.word === 'no_account' && desk.sipProblem !== null) {
        return [[t('status.fact.why'), t(`agent.unreachable.account_${desk.sipProblem}`)]];
      }
      if (registration?.state !== 'failed') return [];
      return [
        [t('status.fact.why'), t(`agent.unreachable.${registration.why}`)],
        ...(registration.sipCode === null
          ? []
          : [[t('status.fact.sip'), String(registration.sipCode)] as const]),
        [
          t('status.fact.next'),
          registration.retryAt === null
            ? t('status.fact.never')
            : timeText(registration.retryAt, locale),
        ],
      ];
    }
    case 'backend': {
      const number = new Intl.NumberFormat(locale);
      const { backend, journal } = desk;
      return [
        [t('status.fact.address'), desk.backendUrl],
        ...(backend.state === 'away'
          ? [
              [t('status.fact.why'), backend.why] as const,
              [t('status.fact.since'), dateTimeText(backend.since, locale)] as const,
            ]
          : []),
        [t('status.fact.unsent'), number.format(journal.waiting)],
        [t('status.fact.refused'), number.format(journal.refused)],
        ...(journal.problem === null
          ? []
          : [[t('status.fact.disk'), t(`status.journal.${journal.problem}`)] as const]),
      ];
    }
    case 'pbx':
      if (desk.pbx?.state === 'connected') return [[t('status.fact.version'), desk.pbx.version]];
      if (desk.pbx?.state !== 'disconnected') return [];
      return [
        [t('status.fact.why'), desk.pbx.why],
        [t('status.fact.since'), dateTimeText(desk.pbx.since, locale)],
      ];
    case 'microphone': {
      const devices = phone?.devices;
      return [
        [
          t('settings.microphone'),
          nameOf(devices?.microphones, devices?.chosen.microphone) ?? t('settings.systemDefault'),
        ],
      ];
    }
    case 'line':
      return [];
    case 'devices': {
      const devices = phone?.devices;
      const byDefault = t('settings.systemDefault');
      return [
        [t('settings.speaker'), nameOf(devices?.speakers, devices?.chosen.speaker) ?? byDefault],
        [t('settings.ringer'), nameOf(devices?.speakers, devices?.chosen.ringer) ?? byDefault],
      ];
    }
  }
};

const nameOf = (
  devices: readonly { readonly id: string; readonly label: string }[] | undefined,
  id: string | null | undefined,
): string | undefined => devices?.find((device) => device.id === id)?.label;
