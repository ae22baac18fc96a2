import type { PhoneBridge } from '../../shared/ipc/bridge.ts';
import type { EngineSetup } from '../../shared/ipc/phone.ts';
import { createCallDesk } from './calls/call-desk.ts';
import { createJoinLine } from './calls/join-line.ts';
import { createEngineClock } from './engine-clock.ts';
import { loggerTo, textOf } from './log.ts';
import { watchDevices } from './media/devices.ts';
import type { MicrophoneProblem } from './media/microphone.ts';
import { createMicrophone } from './media/microphone.ts';
import { createPeerFactory } from './media/peer.ts';
import { createPhoneStore } from './phone-state.ts';
import { meterLevels } from './reactions/level-meter.ts';
import { ringFor } from './reactions/ringing.ts';
import type { UserAgent } from './sip/user-agent.ts';
import { createUserAgent } from './sip/user-agent.ts';

const random = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** The phone: everything is wired here and nothing is decided. */
export const startEngine = async (bridge: PhoneBridge): Promise<void> => {
  const createLogger = loggerTo(bridge);
  const log = createLogger('engine');
  window.addEventListener('error', (event) => {
    log.error('uncaught', { error: textOf(event.error ?? event.message), line: event.lineno });
  });
  window.addEventListener('unhandledrejection', (event) => {
    log.error('unhandled rejection', { error: textOf(event.reason) });
  });

  const clock = createEngineClock(bridge, createLogger('clock'));
  const createPeer = createPeerFactory(createLogger('peer'));
  let setup: EngineSetup = await bridge.request('engine.setup');
  let userAgent: UserAgent | null = null;

  const store = createPhoneStore(
    {
      registration: { state: 'unregistered' },
      calls: [],
      voicemail: null,
      presence: {},
      devices: { microphones: [], speakers: [], chosen: setup.devices, problem: null },
    },
    (snapshot) => bridge.report('engine.snapshot', snapshot),
    (error) => log.error('a reaction failed', { error: textOf(error) }),
  );

  let present = { hasMicrophone: true, hasSpeaker: true };
  let microphoneProblem: MicrophoneProblem | null = null;
  const tellProblem = () => {
    const { devices } = store.get();
    const problem =
      microphoneProblem ??
      (present.hasMicrophone ? (present.hasSpeaker ? null : 'no_speaker') : 'no_microphone');
    if (problem !== devices.problem) store.update({ devices: { ...devices, problem } });
  };

  const microphoneChoice = () => ({
    deviceId: setup.devices.microphone,
    audioProcessing: setup.audioProcessing,
  });
  const microphone = createMicrophone(microphoneChoice(), {
    onReplaced: (track) => {
      desk.microphoneReplaced(track);
      joinLine.microphoneReplaced(track);
    },
    onProblem: (problem) => {
      microphoneProblem = problem;
      tellProblem();
    },
    log: createLogger('microphone'),
  });
  const joinLine = createJoinLine({
    store,
    microphone,
    speaker: () => setup.devices.speaker,
    log: createLogger('join'),
  });
  const desk = createCallDesk({
    store,
    microphone: {
      ...microphone,
      // A line to somebody else's call goes on.
      rest: () => {
        if (joinLine.audio() === undefined) microphone.rest();
      },
      close: () => {
        if (joinLine.audio() === undefined) microphone.close();
      },
    },
    stamp: clock.stamp,
    setup: () => setup,
    userAgent: () => userAgent,
    isAwaited: joinLine.isAwaited,
    log: createLogger('calls'),
  });

  ringFor({
    store,
    setup: () => setup,
    isQuiet: desk.isQuiet,
    onRang: (callIds, silence) => {
      bridge.report('engine.rang', { callIds: [...callIds], silence });
    },
    log: createLogger('ringing'),
  });
  meterLevels(
    store,
    desk.audioOf,
    joinLine.audio,
    (levels) => bridge.report('engine.levels', levels),
    createLogger('levels'),
  );
  watchDevices(({ microphones, speakers, ...found }) => {
    // Something was plugged or unplugged: what failed before may work now.
    if (found.hasMicrophone) microphoneProblem = null;
    present = found;
    store.update({ devices: { ...store.get().devices, microphones, speakers } });
    tellProblem();
  }, createLogger('devices'));

  let generation = 0;
  const useAccount = ({ account }: EngineSetup) => {
    const current = userAgent?.account;
    if (
      userAgent !== null &&
      account !== null &&
      current?.uri === account.uri &&
      current.username === account.username &&
      JSON.stringify(current.edges) === JSON.stringify(account.edges)
    ) {
      userAgent.renew(account);
      return;
    }
    userAgent?.stop();
    userAgent = null;
    store.update({ voicemail: null, presence: {} });
    if (account === null) return;
    try {
      generation += 1;
      const mine = generation;
      userAgent = createUserAgent({
        account,
        createPeer,
        createLogger,
        random,
        onOffered: desk.offered,
        joins: joinLine,
        refuses: desk.refuses,
        onRegistration: (registration) => {
          if (mine === generation) store.update({ registration });
        },
        onVoicemail: (voicemail) => {
          const { voicemail: known } = store.get();
          const isSame =
            known?.newMessages === voicemail.newMessages &&
            known.oldMessages === voicemail.oldMessages;
          if (mine === generation && !isSame) store.update({ voicemail });
        },
        onPresence: (presence) => {
          if (mine === generation) store.update({ presence });
        },
      });
      userAgent.watch(setup.watch);
    } catch (error) {
      log.error('account unusable', { error: textOf(error) });
      store.update({
        registration: { state: 'failed', why: 'pbx_error', sipCode: null, retryAt: null },
      });
    }
  };

  bridge.on('engine.setupChanged', (next) => {
    const before = setup;
    setup = next;
    microphone.choose(microphoneChoice());
    if (next.devices.speaker !== before.devices.speaker) {
      desk.speakerChosen(next.devices.speaker);
      joinLine.speakerChosen(next.devices.speaker);
    }
    store.update({ devices: { ...store.get().devices, chosen: next.devices } });
    if (JSON.stringify(next.account) !== JSON.stringify(before.account)) useAccount(next);
    userAgent?.watch(next.watch);
  });
  bridge.on('engine.command', ({ commandId, command }) => {
    desk.command(command).then(
      (answer) => bridge.report('engine.answered', { commandId, answer }),
      (error: unknown) => {
        log.error('command failed', { kind: command.kind, error: textOf(error) });
        bridge.report('engine.answered', {
          commandId,
          answer: { ok: false, why: 'phone_failed' },
        });
      },
    );
  });
  bridge.on('engine.join', joinLine.follow);
  bridge.on('engine.wake', ({ why }) => {
    clock.restart();
    userAgent?.wake(why);
  });
  // A reload or a close hangs up: a customer must not sit in silence. Only the first of the two comes early enough to
  // send when a window closes.
  for (const leaving of ['beforeunload', 'pagehide']) {
    window.addEventListener(leaving, () => {
      desk.endAll();
      joinLine.end();
    });
  }

  await clock.start();
  useAccount(setup);
};
