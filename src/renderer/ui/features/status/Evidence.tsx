import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LineWarning } from '../../../../shared/domain/line-quality/line-warning.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import { dateTimeText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { show } from '../../state/view-store.ts';
import { showDiagnostics } from '../diagnostics/diagnostics-actions.ts';
import { isVoiceWord } from '../../state/voice-word.ts';
import { CheckField } from '../shift-check/CheckField.tsx';
import { SoundPanel } from '../sound/SoundPanel.tsx';
import styles from './Evidence.module.css';
import { LineHistory } from './LineHistory.tsx';
import { LineFigures } from './LineFigures.tsx';
import { isHeard, type StatusItem } from './status-items.ts';
import { wordOf } from './status-words.ts';

/** What it means, and what to do when it is bad. */
const helpOf = (item: StatusItem, warning: LineWarning | null, t: TFunction): string => {
  if (item.name === 'line' && warning !== null) return t(`status.warning.${warning}`);
  if (item.name === 'microphone' && isVoiceWord(item.word)) {
    return t(`call.voiceHelp.${item.word}`);
  }
  if (item.word === 'hands_free') return t('status.help.devices.handsFree');
  if (item.name === 'update') return t('status.help.update.good');
  if (item.name === 'power') return t(`status.help.power.${item.word}`);
  if (item.word === 'absent') return t('status.help.pbx.absent');
  return t(`status.help.${item.name}.${item.tone === 'bad' ? 'bad' : 'good'}`);
};

type Fact = readonly [label: string, value: string];

/** What an item of the status line rests on, and what to do when it is bad. */
export const Evidence = ({ item }: { readonly item: StatusItem }) => {
  const { t } = useTranslation();
  const facts = useFacts(item);
  const warning = useDesk(({ line }) => line?.warning ?? null);
  return (
    <div className={styles['evidence']}>
      <p className={styles['title']}>{`${t(`status.${item.name}.name`)}: ${wordOf(item, t)}`}</p>
      <p className={styles['help']}>{helpOf(item, warning, t)}</p>
      {item.name === 'devices' ? (
        <>
          <SoundPanel />
          <CheckField />
        </>
      ) : null}
      {item.name === 'line' ? (
        <>
          <LineFigures />
          <LineHistory />
        </>
      ) : null}
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label} className={styles['fact']}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {item.name === 'headset' ? (
        <Button variant="light" color="not-ready" onClick={showDiagnostics}>
          {t('diagnostics.open')}
        </Button>
      ) : null}
      {item.word === 'refused' || item.name === 'update' ? (
        <Button
          variant="light"
          color="not-ready"
          onClick={() => {
            show({ kind: 'settings' });
          }}
        >
          {t(item.name === 'update' ? 'settings.title' : 'settings.refused.show')}
        </Button>
      ) : null}
      {item.name === 'microphone' && isHeard(item.word) ? (
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
          devices?.inUse?.microphone?.label ?? t('settings.systemDefault'),
        ],
      ];
    }
    case 'headset':
      return (phone?.headsets ?? []).map(({ name, used, problem }) => [
        name || t('settings.headset.nameless'),
        t(`status.headset.${used ? (problem ?? 'ready') : 'unused'}`),
      ]);
    case 'update':
    case 'power':
    case 'line':
      return [];
    case 'devices': {
      const devices = phone?.devices;
      const byDefault = t('settings.systemDefault');
      return [
        [t('settings.speaker'), devices?.inUse?.speaker?.label ?? byDefault],
        [t('settings.ringer'), devices?.inUse?.ringer?.label ?? byDefault],
      ];
    }
  }
};
