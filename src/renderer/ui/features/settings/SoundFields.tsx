import { SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  ceilings,
  sideTones,
  type SideTone,
  type SoundSettings,
  type VoiceProcessing,
} from '../../../../shared/domain/sound/sound-settings.ts';
import type { Settings } from '../../../../shared/ipc/desk.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { order } from '../../state/orders.ts';
import { decibels, microphoneName, processingOf, putProcessing } from '../sound/sound-orders.ts';
import { useSuppressionCost } from '../sound/use-suppression-cost.ts';
import styles from './Settings.module.css';

const usual = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;

/** How the agent's voice is sent, for each microphone its own, and how customers are heard. */
export const SoundFields = ({ settings }: { readonly settings: Settings }) => (
  <>
    <SentFields settings={settings} />
    <HeardFields sound={settings.sound} />
  </>
);

const SentFields = ({ settings }: { readonly settings: Settings }) => {
  const { t } = useTranslation();
  const microphone = usePhone(microphoneName);
  const cost = useSuppressionCost();
  const processing = processingOf(settings, microphone);
  const put = (part: Partial<VoiceProcessing>): void => {
    if (microphone !== null) putProcessing(settings, microphone, part);
    else {
      const { strongSuppression: _needsOne, ...audioProcessing } = { ...processing, ...part };
      void order('settings.change', { audioProcessing });
    }
  };
  return (
    <>
      <h3 className={styles['part']}>{t('sound.sent')}</h3>
      <p className={styles['help']}>
        {microphone === null ? t('sound.sentAll') : t('sound.sentBy', { microphone })}
      </p>
      {usual.map((name) => (
        <Row key={name} label={t(`settings.${name}`)} checked={processing[name]}>
          {(checked) => {
            put({ [name]: checked });
          }}
        </Row>
      ))}
      <Row
        label={t('sound.strongSuppression')}
        description={cost}
        checked={processing.strongSuppression}
        disabled={microphone === null}
      >
        {(strongSuppression) => {
          put({ strongSuppression });
        }}
      </Row>
    </>
  );
};

const HeardFields = ({ sound }: { readonly sound: SoundSettings }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const put = (part: Partial<SoundSettings>): void => {
    void order('settings.change', { sound: { ...sound, ...part } });
  };
  return (
    <>
      <h3 className={styles['part']}>{t('sound.heard')}</h3>
      <Row label={t('sound.limiter')} description={t('sound.limiterHelp')} checked={sound.limiter}>
        {(limiter) => {
          put({ limiter });
        }}
      </Row>
      <div className={styles['row']}>
        <span id="sound-ceiling">{t('sound.ceiling')}</span>
        <SegmentedControl
          aria-labelledby="sound-ceiling"
          disabled={!sound.limiter}
          value={String(sound.ceilingDb)}
          onChange={(chosen) => {
            const ceilingDb = ceilings.find((ceiling) => String(ceiling) === chosen);
            if (ceilingDb !== undefined) put({ ceilingDb });
          }}
          data={ceilings.map((ceiling) => ({
            value: String(ceiling),
            label: decibels(ceiling, locale),
          }))}
        />
      </div>
      <Row label={t('sound.evenOut')} description={t('sound.evenOutHelp')} checked={sound.evenOut}>
        {(evenOut) => {
          put({ evenOut });
        }}
      </Row>
      <div className={styles['row']}>
        <span id="sound-side-tone">{t('sound.sideTone')}</span>
        <SegmentedControl<SideTone>
          aria-labelledby="sound-side-tone"
          aria-describedby="sound-side-tone-help"
          value={sound.sideTone}
          onChange={(sideTone) => {
            put({ sideTone });
          }}
          data={sideTones.map((value) => ({ value, label: t(`sound.sideTones.${value}`) }))}
        />
      </div>
      <p id="sound-side-tone-help" className={styles['help']}>
        {t('sound.sideToneHelp')}
      </p>
    </>
  );
};

const Row = ({
  label,
  description,
  checked,
  disabled = false,
  children: onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly children: (checked: boolean) => void;
}) => (
  <div className={styles['row']}>
    <Switch
      className={styles['switch']}
      labelPosition="left"
      label={label}
      {...(description === undefined ? {} : { description })}
      checked={checked}
      disabled={disabled}
      onChange={(event) => {
        onChange(event.currentTarget.checked);
      }}
    />
  </div>
);
