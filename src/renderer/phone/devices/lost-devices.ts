import type { CallNote, NotedDevice } from '../../../shared/domain/line-quality/call-notes.ts';

type Lost = Omit<Extract<CallNote, { readonly kind: 'device_lost' }>, 'kind' | 'gapMs'>;

/** Notes of devices that went in a call: told when the next one serves, with how long there was no sound. */
export type LostDevices = {
  readonly lost: (callIds: readonly string[], lost: Lost) => void;
  /** The device that is chosen for it now is sent, or played at. */
  readonly serves: (device: NotedDevice) => void;
  /** These calls are still on; of the others what is known is told. */
  readonly callsAre: (callIds: readonly string[]) => void;
};

export const createLostDevices = (ports: {
  readonly note: (callId: string, note: CallNote) => void;
  readonly monotonicMs: () => number;
}): LostDevices => {
  let waiting: readonly { readonly callId: string; readonly lost: Lost; readonly since: number }[] =
    [];

  const tellIf = (isDue: (one: (typeof waiting)[number]) => boolean): void => {
    const due = waiting.filter(isDue);
    waiting = waiting.filter((one) => !due.includes(one));
    for (const { callId, lost, since } of due) {
      const gapMs = Math.round(ports.monotonicMs() - since);
      ports.note(callId, { kind: 'device_lost', ...lost, gapMs });
    }
  };

  return {
    lost: (callIds, lost) => {
      const since = ports.monotonicMs();
      for (const callId of callIds) {
        if (lost.replacedBy !== null) waiting = [...waiting, { callId, lost, since }];
        else ports.note(callId, { kind: 'device_lost', ...lost, gapMs: null });
      }
    },
    serves: (device) => tellIf(({ lost }) => lost.device === device),
    callsAre: (callIds) => tellIf(({ callId }) => !callIds.includes(callId)),
  };
};
