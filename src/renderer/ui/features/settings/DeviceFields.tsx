import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AudioDevice, ChosenDevices } from '../../../../shared/ipc/phone.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import styles from './DeviceFields.module.css';

const noDevices: readonly AudioDevice[] = [];

/** Microphone, speaker and ringer, each one of the devices that the phone sees. */
export const DeviceFields = ({
  chosen,
  onChoose,
}: {
  readonly chosen: ChosenDevices;
  readonly onChoose: (part: Partial<ChosenDevices>) => void;
}) => {
  const { t } = useTranslation();
  const microphones = usePhone((phone) => phone?.devices.microphones ?? noDevices);
  const speakers = usePhone((phone) => phone?.devices.speakers ?? noDevices);
  const problem = usePhone((phone) => phone?.devices.problem ?? null);

  // Only what is really sent is measured: nothing moves on hold, on mute or without a call.
  const live = usePhone(
    (phone) =>
      phone?.calls.some(
        (call) => call.state === 'connected' && call.hold === 'none' && !call.muted,
      ) ?? false,
  );

  const field = (name: keyof ChosenDevices, devices: readonly AudioDevice[]) => {
    const current = chosen[name];
    const gone = current !== null && !devices.some((device) => device.id === current);
    return (
      <NativeSelect
        label={t(`settings.${name}`)}
        value={current ?? ''}
        description={gone ? t('settings.deviceGone') : undefined}
        data={[
          { value: '', label: t('settings.systemDefault') },
          ...devices.map((device) => ({ value: device.id, label: device.label })),
          ...(gone ? [{ value: current, label: t('settings.unplugged') }] : []),
        ]}
        onChange={(event) => {
          const id = event.currentTarget.value;
          onChoose({ [name]: id === '' ? null : id });
        }}
      />
    );
  };

  return (
    <div className={styles['fields']}>
      {problem === null ? null : (
        <p className={styles['problem']} role="alert" data-tone="danger">
          {t(`agent.unreachable.${problem}`)}
        </p>
      )}
      {field('microphone', microphones)}
      <div className={styles['meter']}>
        {live ? (
          <LevelMeter source="microphone" subscribe={onLevels} wide />
        ) : (
          <p className={styles['help']}>{t('settings.meterHelp')}</p>
        )}
      </div>
      {field('speaker', speakers)}
      {field('ringer', speakers)}
    </div>
  );
};
