import { Button, SegmentedControl, Slider, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings as SettingsShape } from '../../../../shared/ipc/desk.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { order } from '../../state/orders.ts';
import { showDesk } from '../../state/view-store.ts';
import { About } from './About.tsx';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { CheckField } from '../shift-check/CheckField.tsx';
import { DeskKeys } from './DeskKeys.tsx';
import { DeviceFields } from './DeviceFields.tsx';
import { HeadsetFields } from './HeadsetFields.tsx';
import { IncomingFields } from './IncomingFields.tsx';
import { KeyFields } from './KeyFields.tsx';
import { PhoneLinksField } from './PhoneLinksField.tsx';
import { RefusedEvents } from './RefusedEvents.tsx';
import { SoundFields } from './SoundFields.tsx';
import { PlaceFields } from '../emergency/PlaceFields.tsx';
import { UpdateFields } from '../update/UpdateFields.tsx';
import './mantine-settings.css';
import styles from './Settings.module.css';

const apply = (part: Partial<SettingsShape>): void => {
  void order('settings.change', part);
};

/** Everything that can be set; each change is kept at once. */
export const Settings = ({ actions }: { readonly actions: readonly ListedAction[] }) => {
  const { t } = useTranslation();
  const settings = useDesk((desk) => desk.settings);
  const backendUrl = useDesk((desk) => desk.backendUrl);
  return (
    <main className={styles['page']} aria-labelledby="settings-title">
      <div className={styles['column']}>
        <header className={styles['head']}>
          <h1 id="settings-title" className={styles['title']}>
            {t('settings.title')}
          </h1>
          <Button variant="light" color="not-ready" onClick={showDesk}>
            {t('common.done')}
          </Button>
        </header>

        <section className={styles['group']} aria-labelledby="settings-look">
          <h2 id="settings-look">{t('settings.look')}</h2>
          <div className={styles['row']}>
            <span id="settings-theme">{t('settings.theme')}</span>
            <SegmentedControl
              aria-labelledby="settings-theme"
              value={settings.theme}
              onChange={(theme) => {
                apply({ theme });
              }}
              data={[
                { value: 'light', label: t('settings.light') },
                { value: 'dark', label: t('settings.dark') },
                { value: 'system', label: t('settings.system') },
              ]}
            />
          </div>
          <div className={styles['row']}>
            <span id="settings-language">{t('settings.language')}</span>
            <SegmentedControl
              aria-labelledby="settings-language"
              value={settings.language}
              onChange={(language) => {
                apply({ language });
              }}
              data={languageNames}
            />
          </div>
        </section>

        <section className={styles['group']} aria-labelledby="settings-sound">
          <h2 id="settings-sound">{t('settings.sound')}</h2>
          <DeviceFields
            chosen={settings.audioDevices}
            onChange={(part) => {
              apply({ audioDevices: { ...settings.audioDevices, ...part } });
            }}
          />
          <div className={styles['row']}>
            <span id="settings-volume">{t('settings.ringVolume')}</span>
            <Slider
              key={settings.ringVolume}
              className={styles['slider']}
              thumbLabel={t('settings.ringVolume')}
              thumbSize={18}
              defaultValue={Math.round(settings.ringVolume * 100)}
              label={(value) => `${String(value)} %`}
              onChangeEnd={(value) => {
                apply({ ringVolume: value / 100 });
              }}
            />
          </div>
          <SoundFields settings={settings} />
          <div className={styles['row']}>
            <CheckField />
          </div>
        </section>

        <section className={styles['group']} aria-labelledby="settings-headset">
          <h2 id="settings-headset">{t('settings.headset.title')}</h2>
          <HeadsetFields
            settings={settings.headset}
            onChange={(headset) => {
              apply({ headset });
            }}
          />
        </section>

        <section className={styles['group']} aria-labelledby="settings-incoming">
          <h2 id="settings-incoming">{t('settings.incoming.title')}</h2>
          <p className={styles['help']}>{t('settings.incoming.help')}</p>
          <IncomingFields
            incoming={settings.incoming}
            onChange={(incoming) => {
              apply({ incoming });
            }}
          />
        </section>

        <section className={styles['group']} aria-labelledby="settings-caller-page">
          <h2 id="settings-caller-page">{t('settings.callerPage.title')}</h2>
          <p className={styles['help']}>{t('settings.callerPage.help')}</p>
          <div className={styles['row']}>
            <span id="settings-caller-page-when">{t('settings.callerPage.when')}</span>
            <SegmentedControl
              aria-labelledby="settings-caller-page-when"
              value={settings.callerPage}
              onChange={(callerPage) => {
                apply({ callerPage });
              }}
              data={(['never', 'ringing', 'answered'] as const).map((value) => ({
                value,
                label: t(`settings.callerPage.${value}`),
              }))}
            />
          </div>
        </section>

        <section className={styles['group']} aria-labelledby="settings-keys">
          <h2 id="settings-keys">{t('settings.keys')}</h2>
          <p className={styles['help']}>{t('settings.keysHelp')}</p>
          <KeyFields
            keys={settings.globalKeys}
            actions={actions}
            onChange={(globalKeys) => {
              apply({ globalKeys });
            }}
          />
          <h3 className={styles['part']}>{t('settings.deskKeys')}</h3>
          <p className={styles['help']}>{t('settings.deskKeysHelp')}</p>
          <DeskKeys actions={actions} />
        </section>

        <section className={styles['group']} aria-labelledby="settings-links">
          <h2 id="settings-links">{t('settings.phoneLinks')}</h2>
          <PhoneLinksField />
        </section>

        <section className={styles['group']} aria-labelledby="settings-compact">
          <h2 id="settings-compact">{t('compact.enter')}</h2>
          <p className={styles['help']}>{t('settings.compactHelp')}</p>
          <div className={styles['row']}>
            <Switch
              className={styles['switch']}
              labelPosition="left"
              label={t('compact.enter')}
              checked={settings.compact}
              onChange={(event) => {
                apply({ compact: event.currentTarget.checked });
              }}
            />
          </div>
        </section>

        <section className={styles['group']} aria-labelledby="settings-notices">
          <h2 id="settings-notices">{t('settings.notifications')}</h2>
          <div className={styles['row']}>
            <Switch
              className={styles['switch']}
              labelPosition="left"
              label={t('settings.notify')}
              checked={settings.notifications}
              onChange={(event) => {
                apply({ notifications: event.currentTarget.checked });
              }}
            />
          </div>
          <div className={styles['row']}>
            <Switch
              className={styles['switch']}
              labelPosition="left"
              label={t('settings.shiftReminders')}
              checked={settings.shiftReminders}
              onChange={(event) => {
                apply({ shiftReminders: event.currentTarget.checked });
              }}
            />
          </div>
        </section>

        <section className={styles['group']} aria-labelledby="settings-server">
          <h2 id="settings-server">{t('settings.server')}</h2>
          <div className={styles['row']}>
            <span>{t('signIn.address')}</span>
            <span className={styles['value']}>{backendUrl}</span>
          </div>
          <p className={styles['help']}>{t('settings.serverHelp')}</p>
        </section>
        <PlaceFields className={styles['group']} />
        <section className={styles['group']} aria-labelledby="settings-updates">
          <h2 id="settings-updates">{t('updates.title')}</h2>
          <UpdateFields />
        </section>
        <RefusedEvents />
        <About />
      </div>
    </main>
  );
};

/** Each language in its own words. */
const languageNames = [
  { value: 'en' as const, label: 'English' },
  { value: 'es' as const, label: 'Español' },
  { value: 'pt' as const, label: 'Português' },
];
