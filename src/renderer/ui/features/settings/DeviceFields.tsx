import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { deviceRoles, matched } from '../../../../shared/domain/devices/device.ts';
import type { AudioDevice, DeviceSettings } from '../../../../shared/ipc/devices.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { DeviceList } from '../devices/DeviceList.tsx';
import { HandsFreeHelp } from '../devices/HandsFreeHelp.tsx';
import { RingTest } from '../devices/RingTest.tsx';
import { useMeters } from '../devices/use-meters.ts';
import styles from './DeviceFields.module.css';
import settings from './Settings.module.css';

const noDevices: readonly AudioDevice[] = [];

/** Microphone, speaker and ringer: which serves first, how loud each microphone is, and how each speaker sounds. */
export const DeviceFields = ({
  chosen,
  onChange,
}: {
  readonly chosen: DeviceSettings;
  readonly onChange: (part: Partial<DeviceSettings>) => void;
}) => {
  const { t } = useTranslation();
  const microphones = usePhone((phone) => phone?.devices.microphones ?? noDevices);
  const speakers = usePhone((phone) => phone?.devices.speakers ?? noDevices);
  const inUse = usePhone((phone) => phone?.devices.inUse ?? null);
  const problem = usePhone((phone) => phone?.devices.problem ?? null);

  const microphoneList = useRef<HTMLDivElement>(null);
  const meters = useMeters(microphoneList);

  const { alsoRing } = chosen;
  const also =
    typeof alsoRing === 'string'
      ? alsoRing
      : (matched(
          [alsoRing],
          speakers.map((device) => ({ ...device, isDefault: false })),
        )[0]?.id ?? alsoRing.id);
  const isAway = !speakers.some(({ id }) => id === also);
  return (
    <div>
      {problem === null ? null : (
        <p className={styles['problem']} role="alert" data-tone="danger">
          {t(`agent.unreachable.${problem}`)}
        </p>
      )}
      <p id="devices-keys" className={settings['help']}>
        {t('devices.help')}
      </p>
      {deviceRoles.map((role) => (
        <DeviceList
          key={role}
          ref={role === 'microphone' ? microphoneList : undefined}
          meters={meters}
          role={role}
          ranking={chosen[role]}
          found={role === 'microphone' ? microphones : speakers}
          inUse={inUse?.[role] ?? null}
          onRank={(ranking) => {
            onChange({ [role]: ranking });
          }}
        />
      ))}
      <HandsFreeHelp />
      <div className={settings['row']}>
        <span id="devices-also">{t('devices.alsoRing')}</span>
        <NativeSelect
          aria-labelledby="devices-also"
          value={also}
          data={[
            { value: 'nowhere', label: t('devices.alsoNowhere') },
            { value: 'everywhere', label: t('devices.alsoEverywhere') },
            ...speakers.map(({ id, label }) => ({ value: id, label })),
            ...(typeof alsoRing !== 'string' && isAway
              ? [{ value: alsoRing.id, label: `${alsoRing.label} (${t('devices.state.away')})` }]
              : []),
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value === 'nowhere' || value === 'everywhere') onChange({ alsoRing: value });
            else {
              const device = speakers.find(({ id }) => id === value);
              if (device !== undefined) onChange({ alsoRing: device });
            }
          }}
        />
      </div>
      <div className={settings['row']}>
        <span id="devices-better">{t('devices.better')}</span>
        <SegmentedControl
          aria-labelledby="devices-better"
          value={chosen.better}
          onChange={(better) => {
            onChange({ better });
          }}
          data={[
            { value: 'ask', label: t('devices.betterAsk') },
            { value: 'take', label: t('devices.betterTake') },
          ]}
        />
      </div>
      <div className={settings['row']}>
        <RingTest />
      </div>
    </div>
  );
};
