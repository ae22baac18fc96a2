import type { PhoneBridge } from '../../shared/ipc/bridge.ts';
import type { EngineSetup } from '../../shared/ipc/phone.ts';
import { createCallDesk } from './calls/call-desk.ts';
import { followChecks } from './check/follow-checks.ts';
import { createJoinLine } from './calls/join-line.ts';
import { createEngineClock } from './engine-clock.ts';
import { followHeadsets } from './headset/headsets.ts';
import { storedLitMemory } from './headset/lit-memory.ts';
import { loggerTo, textOf } from './log.ts';
import { createDeviceChoice } from './devices/device-choice.ts';
import { createMicrophone } from './media/microphone.ts';
import { createPeerFactory } from './media/peer.ts';
import { createPhoneStore } from './phone-state.ts';
import { meterLevels } from './reactions/level-meter.ts';
import { createCallSound } from './sound/call-sound.ts';
import { followReadiness } from './proof/follow-readiness.ts';
import { ringFor } from './reactions/ringing.ts';
import { watchVoice } from './reactions/voice-watch.ts';
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
  const peers = createPeerFactory(createLogger('peer'), () => setup.account?.relay);
  let setup: EngineSetup = await bridge.request('engine.setup');
  let userAgent: UserAgent | null = null;

  const store = createPhoneStore(
    {
      registration: { state: 'unregistered' },
      calls: [],
      voicemail: null,
      presence: {},
      devices: { microphones: [], speakers: [], problem: null },
    },
    (snapshot) => bridge.report('engine.snapshot', snapshot),
    (error) => log.error('a reaction failed', { error: textOf(error) }),
  );

  const devices = createDeviceChoice({
    store,
    settings: () => setup.devices,
    ringVolume: () => setup.ringVolume,
    onMicrophone: () => microphone.choose(microphoneChoice()),
    onSpeaker: (deviceId) => {
      joinLine.speakerChosen(deviceId);
      return Promise.all([sound.listening.setSpeaker(deviceId), desk.speakerChosen(deviceId)]);
    },
    onNote: (callId, note) => bridge.report('engine.note', { callId, note }),
    report: (report) => bridge.report('engine.devices', report),
    now: () => clock.stamp().at,
    log: createLogger('devices'),
  });
  const sound = createCallSound({
    ...{ store, setup: () => setup, speaker: devices.speakerId, log: createLogger('sound') },
    note: (callId, note) => bridge.report('engine.note', { callId, note }),
    now: () => clock.stamp().at,
  });
  const microphoneChoice = () => ({
    deviceId: devices.microphoneId(),
    audioProcessing: sound.processing(),
  });
  const microphone = sound.suppressed(
    (onReplaced) =>
      createMicrophone(microphoneChoice(), {
        onReplaced,
        onLost: devices.microphoneLost,
        onOpened: devices.microphoneOpened,
        onProblem: devices.microphoneFailed,
        log: createLogger('microphone'),
      }),
    (track) => {
      void desk.microphoneReplaced(track).then(devices.microphoneSent);
      joinLine.microphoneReplaced(track);
    },
  );
  const joinLine = createJoinLine({
    store,
    microphone,
    speaker: devices.speakerId,
    listening: sound.listening,
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
    speaker: devices.speakerId,
    sound,
    userAgent: () => userAgent,
    isAwaited: joinLine.isAwaited,
    log: createLogger('calls'),
  });

  const readiness = followReadiness({
    ...{ bridge, store, setup: () => setup, devices, userAgent: () => userAgent, createLogger },
  });
  followChecks({
    ...{ bridge, store, setup: () => setup, devices, proofLine: readiness.line },
    log: createLogger('check'),
  });
  ringFor({
    store,
    setup: () => setup,
    devices,
    isQuiet: desk.isQuiet,
    onRang: (callIds, silence) => {
      bridge.report('engine.rang', { callIds: [...callIds], silence });
    },
    log: createLogger('ringing'),
  });
  const headsetLog = createLogger('headset');
  followHeadsets({
    ...{ hid: navigator.hid, bridge, store, setup: () => setup, log: headsetLog },
    ...{ isQuiet: desk.isQuiet, command: desk.command },
    closeJoinMicrophone: joinLine.closeMicrophone,
    litMemory: storedLitMemory(headsetLog),
  });
  const voice = watchVoice({
    ...{ store, microphone, audioOf: desk.audioOf, log: createLogger('voice') },
    note: (callId, note) => bridge.report('engine.note', { callId, note }),
  });
  meterLevels(
    store,
    desk.audioOf,
    joinLine.audio,
    (levels) => {
      voice.look(levels);
      const suppressionLoad = sound.load();
      bridge.report('engine.levels', {
        ...levels,
        ...(suppressionLoad === undefined ? {} : { suppressionLoad }),
      });
    },
    createLogger('levels'),
  );

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
        ...peers,
        createLogger,
        random,
        onOffered: desk.offered,
        onHeard: readiness.absence.heard,
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
      readiness.absence.renewed();
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
    readiness.absence.told(next.away === true);
    microphone.choose(microphoneChoice());
    devices.settingsChanged();
    sound.settingsChanged();
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
  bridge.on('engine.deviceOrder', devices.order);
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
      readiness.line.end();
    });
  }

  await clock.start();
  useAccount(setup);
};
