import { useEffect, useRef } from 'react';
import { onDeviceLevels } from '../../bridge/device-reports.ts';
import styles from './DeviceList.module.css';

/** Moves with what one microphone hears; drawn without React, ten times a second. */
export const DeviceMeter = ({ deviceId }: { readonly deviceId: string }) => {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      onDeviceLevels((levels) => {
        // Square root: speech at a normal distance fills half of the meter.
        const share = Math.min(1, Math.sqrt(Math.max(0, levels[deviceId] ?? 0)));
        if (bar.current !== null) bar.current.style.transform = `scaleX(${share.toFixed(3)})`;
      }),
    [deviceId],
  );
  return (
    <span className={styles['meter']} data-device-meter={deviceId} aria-hidden="true">
      <span ref={bar} className={styles['level']} />
    </span>
  );
};
