import type { Levels, LineReading } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import type { PhoneStore } from '../phone-state.ts';
import { createDeskWatch } from './desk-watch.ts';
import { createLineWatch } from './line-watch.ts';

/** As often as a meter looks alive; each time costs a report of WebRTC's statistics and a frame on the screen. */
const everyMs = 200;

/** A second: so often the same statistics say how well the call is heard. */
const lineEvery = 5;

/** Five times a second, while a call is connected and not on hold. */
export const meterLevels = (
  store: PhoneStore,
  audioOf: (callId: string) => CallAudio | undefined,
  /** Of a supervisor's line to an agent's call. */
  joinAudio: () => CallAudio | undefined,
  report: (levels: Levels) => void,
  log: Logger,
): void => {
  let timer: ReturnType<typeof setInterval> | null = null;
  let turn = 0;
  const watch = createLineWatch();
  const deskWatch = createDeskWatch(everyMs, () => performance.now());

  /** What was counted across a hold says nothing of either side of it. */
  const pause = (): void => {
    watch.pause();
    deskWatch.pause();
  };

  /** Of the call that is talked in: a second one beside it, in a conference, goes over the same network. */
  const lineNow = (): { readonly line?: LineReading } => {
    const call = store
      .get()
      .calls.find((each) => each.state === 'connected' && each.hold === 'none');
    const audio = call === undefined ? undefined : audioOf(call.callId);
    if (call === undefined || audio === undefined) {
      pause();
      return {};
    }
    const desk = deskWatch.second(audio.deskCounters());
    const line = watch.second(call.callId, audio.lineCounters(), desk);
    return line === null ? {} : { line };
  };

  const measure = () => {
    deskWatch.tick();
    const heard = store
      .get()
      .calls.filter(
        (call) => call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both',
      )
      .flatMap(({ callId }) => audioOf(callId) ?? [])
      .concat(joinAudio() ?? []);
    // Several only in a conference: the loudest counts.
    Promise.all(heard.map((audio) => audio.levels())).then(
      (levels) => {
        if (levels.length === 0) {
          pause();
          return;
        }
        turn = (turn + 1) % lineEvery;
        const microphone = Math.max(...levels.map((each) => each.microphone));
        const speaker = Math.max(...levels.map((each) => each.speaker));
        deskWatch.levels(microphone, speaker);
        report({ ...(turn === 0 ? lineNow() : {}), microphone, speaker });
      },
      (error: unknown) => log.debug('levels failed', { error: textOf(error) }),
    );
  };

  store.subscribe(({ calls, join }) => {
    const talking = join?.state === 'connected' || calls.some(({ state }) => state === 'connected');
    if (talking && timer === null) timer = setInterval(measure, everyMs);
    if (!talking && timer !== null) {
      clearInterval(timer);
      timer = null;
      pause();
      report({ microphone: 0, speaker: 0 });
    }
  });
};
