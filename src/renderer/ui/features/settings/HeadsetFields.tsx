import { Button, SegmentedControl, Switch } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { HeadsetSettings, HeadsetView } from '../../../../shared/ipc/headset-view.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { showDiagnostics } from '../diagnostics/diagnostics-actions.ts';
import styles from './Settings.module.css';
import fieldStyles from './HeadsetFields.module.css';

const spareDeeds = ['nothing', 'help', 'redial'] as const;

/** What a headset can do, or why it does nothing. */
const whatItCan = (headset: HeadsetView, locale: string, t: TFunction): string => {
  if (headset.problem !== null) return t(`settings.headset.problem.${headset.problem}`);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const buttons = headset.buttons.map((button) => t(`settings.headset.button.${button}`));
  const lights = headset.lights.map((light) => t(`settings.headset.light.${light}`));
  return [
    buttons.length === 0
      ? t('settings.headset.noButtons')
      : t('settings.headset.buttons', { list: list.format(buttons) }),
    lights.length === 0
      ? t('settings.headset.noLights')
      : t('settings.headset.lights', { list: list.format(lights) }),
  ].join(' ');
};

/** The headsets that are plugged in, and what their buttons do. */
export const HeadsetFields = ({
  settings,
  onChange,
}: {
  readonly settings: HeadsetSettings;
  readonly onChange: (settings: HeadsetSettings) => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const headsets = usePhone((phone) => phone?.headsets) ?? [];
  return (
    <>
      <p className={styles['help']}>{t('settings.headset.help')}</p>
      <div className={styles['row']}>
        <Switch
          className={styles['switch']}
          labelPosition="left"
          label={t('settings.headset.use')}
          checked={settings.use}
          onChange={(event) => {
            onChange({ ...settings, use: event.currentTarget.checked });
          }}
        />
      </div>
      {headsets.length === 0 ? (
        <p className={styles['row']}>
          <span className={styles['value']}>{t('settings.headset.none')}</span>
        </p>
      ) : null}
      {headsets.map((headset) => (
        <div key={headset.id} className={styles['row']}>
          <Switch
            className={styles['switch']}
            labelPosition="left"
            label={
              <span className={fieldStyles['name']}>
                {headset.name || t('settings.headset.nameless')}
              </span>
            }
            description={
              <span className={fieldStyles['can']}>{whatItCan(headset, locale, t)}</span>
            }
            disabled={!settings.use}
            checked={headset.used}
            onChange={(event) => {
              const others = settings.unused.filter((model) => model !== headset.model);
              onChange({
                ...settings,
                unused: event.currentTarget.checked ? others : [...others, headset.model],
              });
            }}
          />
        </div>
      ))}
      <div className={styles['row']}>
        <span id="settings-spare-button">{t('settings.headset.spare')}</span>
        <SegmentedControl
          aria-labelledby="settings-spare-button"
          value={settings.spareButton}
          onChange={(spareButton) => {
            onChange({ ...settings, spareButton });
          }}
          data={spareDeeds.map((value) => ({
            value,
            label: t(`settings.headset.spareDeed.${value}`),
          }))}
        />
      </div>
      <p className={styles['help']}>{t('settings.headset.spareHelp')}</p>
      <div className={styles['row']}>
        <span className={styles['value']}>{t('diagnostics.about')}</span>
        <Button variant="light" color="not-ready" onClick={showDiagnostics}>
          {t('diagnostics.open')}
        </Button>
      </div>
    </>
  );
};
