import type { Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneAnswer, PhoneCommand } from '../../shared/ipc/phone.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('recording');
const againMs = 2_000;

type Ports = {
  readonly calls: () => readonly Call[];
  readonly desk: () => Pick<DeskSnapshot, 'cards' | 'backend'>;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
};

/**
 * Has the phone tell a plain SIP service whether to record, as the backend's card has it; nothing is recorded for a backend
 * that cannot be heard. What the service does with it nobody knows.
 */
export type ServiceRecording = {
  /** Calls, cards or the backend's line changed. */
  readonly follow: () => void;
  readonly stop: () => void;
};

export const createServiceRecording = (ports: Ports): ServiceRecording => {
  /** What the service was told last, by call; nothing said is "off". */
  const told = new Map<string, boolean>();
  const underWay = new Set<string>();
  const retries = new Set<ReturnType<typeof setTimeout>>();

  const tell = async (callId: string, on: boolean): Promise<void> => {
    underWay.add(callId);
    const answer = await ports.command({ kind: 'tell_recording', callId, on });
    underWay.delete(callId);
    if (answer.ok) {
      told.set(callId, on);
      // What changed meanwhile is told next.
      follow();
      return;
    }
    log.warn('The SIP service did not take a word on recording', { callId, why: answer.why });
    const retry = setTimeout(() => {
      retries.delete(retry);
      follow();
    }, againMs);
    retries.add(retry);
  };

  const follow = (): void => {
    const live = ports.calls().filter(({ state }) => state === 'connected');
    for (const callId of told.keys()) {
      if (!live.some((call) => call.callId === callId)) told.delete(callId);
    }
    const { cards, backend } = ports.desk();
    for (const { callId, callKey } of live) {
      const recording = cards.find((card) => card.callKey === callKey)?.recording;
      if (recording?.state !== 'by_service' || underWay.has(callId)) continue;
      const on = recording.wanted && backend.state === 'connected';
      if (on !== (told.get(callId) ?? false)) void tell(callId, on);
    }
  };

  return {
    follow,
    stop: () => {
      for (const retry of retries) clearTimeout(retry);
      retries.clear();
    },
  };
};
