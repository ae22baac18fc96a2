import type { OutputReport } from '../../../src/shared/domain/headset/lights.ts';
import type { Button, HeadsetModel, Light } from './headset-model.ts';
import { inputReport, lightsIn } from './headset-model.ts';

/** How a headset behaves beyond its descriptor; each is reported of real ones. */
export type HeadsetManner = {
  /** Says its hook switch again when the off-hook light was written. */
  readonly echoes: boolean;
  /** Mute: a press that springs back, or a switch that stays and follows its light. */
  readonly mute: 'pulse' | 'latch';
  /** Goes on-hook by itself when a call is put on hold. */
  readonly holdsOnHook: boolean;
  /** Says the hook switch again so long after a press. */
  readonly saysAgainMs?: number;
  /** From its turn to be sent until the headset has it: each report waits for the one before. */
  readonly takesMs?: number;
};

type Told = { readonly at: number; readonly reportId: number; readonly bytes: readonly number[] };

export type SimulatedHeadset = {
  readonly model: HeadsetModel;
  /** What it tells by then, in order. */
  readonly toldUntil: (at: number) => readonly Told[];
  readonly press: (button: Button, at: number) => void;
  readonly write: (report: OutputReport, at: number) => void;
  readonly lights: () => ReadonlyMap<Light, boolean>;
  readonly isHookUp: () => boolean;
};

const echoAfterMs = 20;
const releaseAfterMs = 90;

/** A headset as plain arithmetic: what it would say when, and which lights are on. */
export const simulateHeadset = (model: HeadsetModel, manner: HeadsetManner): SimulatedHeadset => {
  const shown = new Map<Light, boolean>();
  const down = new Set<Button>();
  let isUp = false;
  let isLatched = false;
  let due: Told[] = [];

  const reportOf = (button: Button): readonly [number, readonly number[]] => {
    const place = model.buttons[button];
    if (place === undefined) throw new Error(`no ${button}`);
    const held = new Set(down);
    if (isUp) held.add('hook');
    if (isLatched) held.add('mute');
    const bytes = inputReport(model, place.reportId, held);
    return [place.reportId, [...bytes].slice(model.numbersReports ? 1 : 0)];
  };
  const tell = (button: Button, at: number): void => {
    const [reportId, bytes] = reportOf(button);
    due.push({ at, reportId, bytes });
  };

  return {
    model,
    toldUntil: (until) => {
      const told = due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      due = due.filter(({ at }) => at > until);
      return told;
    },
    press: (button, at) => {
      if (button === 'hook') {
        isUp = !isUp;
        tell('hook', at);
        if (manner.saysAgainMs !== undefined) tell('hook', at + manner.saysAgainMs);
        return;
      }
      if (button === 'mute' && manner.mute === 'latch') {
        isLatched = !isLatched;
        tell('mute', at);
        return;
      }
      down.add(button);
      tell(button, at);
      down.delete(button);
      tell(button, at + releaseAfterMs);
    },
    write: ({ reportId, bytes }, at) => {
      const written = lightsIn(model, Uint8Array.of(reportId, ...bytes));
      for (const [light, on] of written) {
        const was = shown.get(light) ?? false;
        shown.set(light, on);
        if (light === 'offHook' && on !== isUp) {
          isUp = on;
          if (manner.echoes) tell('hook', at + echoAfterMs);
        }
        if (light === 'hold' && on && !was && manner.holdsOnHook && isUp) {
          isUp = false;
          if (manner.echoes) tell('hook', at + echoAfterMs);
        }
        if (light === 'mute' && manner.mute === 'latch' && on !== isLatched) {
          isLatched = on;
          if (manner.echoes) tell('mute', at + echoAfterMs);
        }
      }
    },
    lights: () => shown,
    isHookUp: () => isUp,
  };
};
