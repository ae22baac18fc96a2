/** When the machine's own power is a danger to the shift, in a word; null: it is not. */
export type PowerWord =
  /** The battery is nearly empty. */
  | 'battery_low'
  /** It ends before the shift does. */
  | 'battery_short'
  /** The system slows the machine down, mostly for heat. */
  | 'slowed';

export type MachinePower = {
  readonly onBattery: boolean;
  /** 0 to 1. */
  readonly level: number;
  /** As the system reckons; null: it does not know yet. */
  readonly minutesLeft: number | null;
  readonly slowed: boolean;
};

/** Systems themselves warn at 10 to 20 %; a call of ten minutes and its wrap-up need to be over by then. */
const lowLevel = 0.15;
const lowMinutes = 20;
/** What a system reckons for longer is a guess. */
const believedMinutes = 120;

export const powerWord = (
  { onBattery, level, minutesLeft, slowed }: MachinePower,
  /** Until the shift ends; null: nobody knows. */
  shiftMinutes: number | null,
): PowerWord | null => {
  if (onBattery && (level <= lowLevel || (minutesLeft !== null && minutesLeft <= lowMinutes)))
    return 'battery_low';
  const isShort =
    minutesLeft !== null &&
    minutesLeft <= believedMinutes &&
    shiftMinutes !== null &&
    minutesLeft < shiftMinutes;
  if (onBattery && isShort) return 'battery_short';
  return slowed ? 'slowed' : null;
};
