import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';

/** How long one half of a ring waits for the other. */
const otherHalfMs = 15;

export type RingHalves = {
  readonly desk: (snapshot: DeskSnapshot) => void;
  readonly phone: (snapshot: PhoneSnapshot) => void;
};

export type RingMirrors = RingHalves & {
  readonly shown: () => {
    readonly desk: DeskSnapshot | null;
    readonly phone: PhoneSnapshot | null;
  };
  /** Nobody looks, and timers may sleep. */
  readonly isHidden: () => boolean;
};

/** What rings without its card, or is carded without a call, since what is shown. */
const lacksHalf = (
  shown: ReturnType<RingMirrors['shown']>,
  desk: DeskSnapshot | null,
  phone: PhoneSnapshot | null,
): boolean => {
  const calls = phone?.calls ?? [];
  const cards = desk?.cards ?? [];
  const isNewCard = (callKey: string): boolean =>
    shown.desk?.cards.every((card) => card.callKey !== callKey) ?? true;
  const isNewCall = (callKey: string): boolean =>
    shown.phone?.calls.every((call) => call.callKey !== callKey) ?? true;
  return (
    calls.some(
      ({ state, callKey }) =>
        state === 'offered' &&
        isNewCall(callKey) &&
        cards.every((card) => card.callKey !== callKey),
    ) ||
    cards.some(
      ({ callKey }) => isNewCard(callKey) && calls.every((call) => call.callKey !== callKey),
    )
  );
};

/**
 * A ring is told by two: the phone has the call, the backend its card, within a few milliseconds of each other. Drawing
 * takes the page longer than that, so the half that comes first waits a moment and both are drawn as one.
 */
export const joinRings = (mirrors: RingMirrors): RingHalves => {
  let desk: DeskSnapshot | null = null;
  let phone: PhoneSnapshot | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const draw = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (desk !== null) mirrors.desk(desk);
    if (phone !== null) mirrors.phone(phone);
    desk = phone = null;
  };

  const settle = (): void => {
    const shown = mirrors.shown();
    const waits = !mirrors.isHidden() && lacksHalf(shown, desk ?? shown.desk, phone ?? shown.phone);
    if (waits) timer ??= setTimeout(draw, otherHalfMs);
    else draw();
  };

  return {
    desk: (snapshot) => {
      desk = snapshot;
      settle();
    },
    phone: (snapshot) => {
      phone = snapshot;
      settle();
    },
  };
};
