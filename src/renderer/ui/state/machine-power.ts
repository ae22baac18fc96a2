import { create } from 'zustand';
import { powerWord, type PowerWord } from '../../../shared/domain/power/power-word.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { serverNow } from '../bridge/clock.ts';
import { useDesk } from '../bridge/desk-store.ts';

/** What the Battery Status API tells; TypeScript's library does not know it. */
type Battery = EventTarget & {
  readonly charging: boolean;
  readonly level: number;
  /** Seconds; Infinity: not known, or it charges. */
  readonly dischargingTime: number;
};
type WithBattery = { readonly getBattery?: () => Promise<Battery> };

type Known = {
  readonly onBattery: boolean;
  readonly level: number;
  readonly minutesLeft: number | null;
};

const atTheMains: Known = { onBattery: false, level: 1, minutesLeft: null };
const useBattery = create<Known>(() => atTheMains);

const changes = ['levelchange', 'chargingchange', 'dischargingtimechange'];

/** Follows the battery, where the machine has one; answers how to end that. Nothing is polled. */
export const watchBattery = async (): Promise<() => void> => {
  const battery = await (navigator as WithBattery).getBattery?.();
  if (battery === undefined) return () => undefined;
  const look = (): void => {
    const { charging, level, dischargingTime } = battery;
    useBattery.setState({
      onBattery: !charging,
      level,
      minutesLeft: Number.isFinite(dischargingTime) ? dischargingTime / 60 : null,
    });
  };
  for (const change of changes) battery.addEventListener(change, look);
  look();
  return () => {
    for (const change of changes) battery.removeEventListener(change, look);
  };
};

/** When the work ends that is planned now; null: nothing is. */
const shiftMinutes = ({ shift }: Pick<DeskSnapshot, 'shift'>, now: number): number | null => {
  let endsAt: number | null = null;
  for (const stretch of shift?.plan ?? []) {
    const isNow = stretch.startsAt <= now && now < stretch.endsAt;
    if (isNow || stretch.startsAt === endsAt) endsAt = stretch.endsAt;
  }
  return endsAt === null ? null : (endsAt - now) / 60_000;
};

/** Only while somebody works here: a laptop that lies about may run empty. */
const powerWordOf = (desk: DeskSnapshot, battery: Known): PowerWord | null =>
  desk.session.state === 'signed_in'
    ? powerWord({ ...battery, slowed: desk.slowed === true }, shiftMinutes(desk, serverNow()))
    : null;

/** null: nothing to worry about. */
export const usePowerWord = (): PowerWord | null => {
  const battery = useBattery();
  return useDesk((desk) => powerWordOf(desk, battery));
};
