import type { Levels } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import type { PhoneStore } from '../phone-state.ts';

/** As often as a meter looks alive; each time costs a report of WebRTC's statistics and a frame on the screen. */
const everyMs = 200;

/** Five times a second, while a call is connected and not on hold. */
export const meterLevels = (
  store: PhoneStore,
  audioOf: (callId: string) => CallAudio | undefined,
  report: (levels: Levels) => void,
  log: Logger,
): void => {
  let timer: ReturnType<typeof setInterval> | null = null;

  const measure = () => {
    const heard = store
      .get()
      .calls.filter(
        (call) => call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both',
      )
      .flatMap(({ callId }) => audioOf(callId) ?? []);
    // Several only in a conference: the loudest counts.
    Promise.all(heard.map((audio) => audio.levels())).then(
      (levels) => {
        if (levels.length === 0) return;
        report({
          microphone: Math.max(...levels.map(({ microphone }) => microphone)),
          speaker: Math.max(...levels.map(({ speaker }) => speaker)),
        });
      },
      (error: unknown) => log.debug('levels failed', { error: textOf(error) }),
    );
  };

  store.subscribe(({ calls }) => {
    const talking = calls.some(({ state }) => state === 'connected');
    if (talking && timer === null) timer = setInterval(measure, everyMs);
    if (!talking && timer !== null) {
      clearInterval(timer);
      timer = null;
      report({ microphone: 0, speaker: 0 });
    }
  });
};
