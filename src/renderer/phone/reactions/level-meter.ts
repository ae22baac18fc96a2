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
    const call = store
      .get()
      .calls.find(
        (one) => one.state === 'connected' && one.hold !== 'local' && one.hold !== 'both',
      );
    const audio = call === undefined ? undefined : audioOf(call.callId);
    audio
      ?.levels()
      .then(report, (error: unknown) => log.debug('levels failed', { error: textOf(error) }));
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
