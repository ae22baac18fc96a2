import { ActionIcon, Button } from '@mantine/core';
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useRef, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRole, KnownDevice } from '../../../../shared/domain/devices/device.ts';
import type { AudioDevice } from '../../../../shared/ipc/devices.ts';
import { mayTurnHandsFree } from '../../../../shared/domain/devices/hands-free.ts';
import { onDeviceLevels } from '../../bridge/device-reports.ts';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import styles from './DeviceList.module.css';
import { movedRanking, rankedRows, rankingWithout, type RankedRow } from './ranking.ts';
import { useDeviceTest } from './use-device-test.ts';
import type { useMeters } from './use-meters.ts';

type Meters = ReturnType<typeof useMeters>;

/** The devices of one role, the best first. Alt and an arrow move a line, Delete forgets one that was ranked. */
export const DeviceList = ({
  ref,
  meters,
  role,
  ranking,
  found,
  inUse,
  onRank,
}: {
  readonly ref: Ref<HTMLDivElement> | undefined;
  readonly meters: Meters;
  readonly role: DeviceRole;
  readonly ranking: readonly KnownDevice[];
  readonly found: readonly AudioDevice[];
  readonly inUse: AudioDevice | null;
  readonly onRank: (ranking: readonly KnownDevice[]) => void;
}) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const rows = rankedRows(ranking, found);

  const focusRow = (index: number): void => {
    requestAnimationFrame(() => {
      list.current?.querySelectorAll<HTMLElement>('[data-row]')[Math.max(0, index)]?.focus();
    });
  };
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= rows.length) return;
    onRank(movedRanking(rows, from, to));
    focusRow(to);
  };
  const forget = (index: number): void => {
    if (rows[index]?.isRanked !== true) return;
    onRank(rankingWithout(rows, index));
    focusRow(index);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const index = all.findIndex((row) => row === event.target);
    if (index < 0 || moveByArrows(event) || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (event.altKey && event.key === 'ArrowUp') move(index, index - 1);
    else if (event.altKey && event.key === 'ArrowDown') move(index, index + 1);
    else if (!event.altKey && event.key === 'Delete') forget(index);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={ref} className={styles['role']} data-device-role={role}>
      <div className={styles['head']}>
        <h3 id={`devices-${role}`}>{t(`settings.${role}`)}</h3>
        <Button
          variant="subtle"
          color="not-ready"
          size="compact-sm"
          className={ranking.length === 0 ? styles['hidden'] : undefined}
          disabled={ranking.length === 0}
          onClick={() => {
            onRank([]);
          }}
        >
          {t('devices.asSystem')}
        </Button>
      </div>
      {rows.length === 0 ? (
        <p className={styles['none']}>{t(`devices.none.${role}`)}</p>
      ) : (
        <ul
          ref={list}
          className={styles['list']}
          aria-labelledby={`devices-${role}`}
          aria-describedby="devices-keys"
          onKeyDown={onKeyDown}
        >
          {rows.map((row, index) => (
            <DeviceRow
              key={row.known.id}
              row={row}
              role={role}
              meters={meters}
              isInUse={row.device !== null && row.device.id === inUse?.id}
              onUp={
                index === 0
                  ? null
                  : () => {
                      move(index, index - 1);
                    }
              }
              onDown={
                index === rows.length - 1
                  ? null
                  : () => {
                      move(index, index + 1);
                    }
              }
              onForget={
                row.isRanked
                  ? () => {
                      forget(index);
                    }
                  : null
              }
            />
          ))}
        </ul>
      )}
    </div>
  );
};

const DeviceRow = ({
  row: { known, device, isRanked },
  role,
  meters,
  isInUse,
  onUp,
  onDown,
  onForget,
}: {
  readonly row: RankedRow;
  readonly role: DeviceRole;
  readonly meters: Meters;
  readonly isInUse: boolean;
  /** null: there is no such way. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onForget: (() => void) | null;
}) => {
  const { t } = useTranslation();
  const name = (device ?? known).label || t('devices.unnamed');
  const state = isInUse ? 'inUse' : device === null ? 'away' : isRanked ? 'next' : 'other';
  return (
    <li className={styles['row']} data-device={device?.id ?? known.id}>
      <span
        className={styles['name']}
        data-row
        tabIndex={0}
        data-in-use={isInUse || undefined}
        data-away={device === null || undefined}
      >
        <span className={styles['label']} title={name}>
          {name}
        </span>
        <span className={styles['state']}>{t(`devices.state.${state}`)}</span>
      </span>
      <span className={styles['proof']}>
        {device === null ? null : role === 'microphone' ? (
          <MeterPlace deviceId={device.id} name={name} meters={meters} />
        ) : (
          <TestButton role={role} deviceId={device.id} name={name} />
        )}
      </span>
      <span className={styles['moves']}>
        <ActionIcon
          aria-label={t('devices.up', { name })}
          disabled={onUp === null}
          onClick={onUp ?? undefined}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('devices.down', { name })}
          disabled={onDown === null}
          onClick={onDown ?? undefined}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('devices.forget', { name })}
          disabled={onForget === null}
          onClick={onForget ?? undefined}
        >
          <IconX size={16} />
        </ActionIcon>
      </span>
    </li>
  );
};

/** A Bluetooth headset is opened only by somebody who wants that. */
const MeterPlace = ({
  deviceId,
  name,
  meters,
}: {
  readonly deviceId: string;
  readonly name: string;
  readonly meters: Meters;
}) => {
  const { t } = useTranslation();
  if (meters.asked.includes(deviceId) || !mayTurnHandsFree(name)) {
    return <LevelMeter source={deviceId} subscribe={onDeviceLevels} wide />;
  }
  return (
    <Button
      variant="light"
      color="not-ready"
      size="compact-sm"
      className={styles['test']}
      aria-label={t('devices.showLevelOf', { name })}
      onClick={() => {
        meters.askFor(deviceId);
      }}
    >
      {t('devices.showLevel')}
    </Button>
  );
};

const TestButton = ({
  role,
  deviceId,
  name,
}: {
  readonly role: Exclude<DeviceRole, 'microphone'>;
  readonly deviceId: string;
  readonly name: string;
}) => {
  const { t } = useTranslation();
  const { state, play } = useDeviceTest(role === 'ringer' ? 'ring' : 'speaker', deviceId);
  return (
    <Button
      variant="light"
      color="not-ready"
      size="compact-sm"
      className={styles['test']}
      aria-label={t(`devices.test.${role}`, { name })}
      data-test-state={state}
      disabled={state === 'playing'}
      onClick={() => void play()}
    >
      {t(state === 'failed' ? 'devices.testFailed' : 'devices.testShort')}
    </Button>
  );
};
