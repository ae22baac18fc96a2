import type { CallNote } from '../../../shared/domain/line-quality/call-notes.ts';
import {
  isPreferred,
  type DeviceRole,
  type FoundDevice,
} from '../../../shared/domain/devices/device.ts';
import { isHandsFree, mayTurnHandsFree } from '../../../shared/domain/devices/hands-free.ts';
import { ringOutputs } from '../../../shared/domain/devices/ring-outputs.ts';
import type { DeviceOrder, DeviceReport, DeviceSettings } from '../../../shared/ipc/devices.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { listDevices, type DeviceLists } from '../media/devices.ts';
import type { MicrophoneProblem } from '../media/microphone.ts';
import { playOnce } from '../media/tones.ts';
import type { PhoneStore } from '../phone-state.ts';
import { createDeviceStandings, type RoleChange } from './device-standings.ts';
import { createLostDevices } from './lost-devices.ts';
import { createMicrophoneMeters } from './microphone-meters.ts';

/** A headset takes its microphone and its speaker along within some milliseconds: told as one thing. */
const gatherMs = 150;

type Replaced = NonNullable<PhoneSnapshot['devices']['replaced']>;

export type DeviceChoice = {
  readonly inUse: (role: DeviceRole) => FoundDevice | null;
  /** By its real id: a track of the alias `default` stays live when its microphone goes. null: not looked yet. */
  readonly microphoneId: () => string | null;
  /** null: whatever the system uses. */
  readonly speakerId: () => string | null;
  /** Where it rings; null: whatever the system uses. */
  readonly ringerIds: () => readonly (string | null)[];
  /** Every speaker: what a ring that nobody hears falls back on. */
  readonly everySpeakerId: () => readonly string[];
  readonly settingsChanged: () => void;
  /**
   * It ended, or would not open: it counts as away until devices change or the call is over. True: what is opened now is
   * another one.
   */
  readonly microphoneLost: (deviceId: string) => boolean;
  readonly microphoneOpened: (track: MediaStreamTrack) => void;
  readonly microphoneFailed: (problem: MicrophoneProblem | null) => void;
  /** Calls send what is open now. */
  readonly microphoneSent: () => void;
  readonly order: (order: DeviceOrder) => void;
};

export const createDeviceChoice = (ports: {
  readonly store: PhoneStore;
  readonly settings: () => DeviceSettings;
  readonly ringVolume: () => number;
  /** Another microphone is to be opened, if one is open. */
  readonly onMicrophone: () => void;
  /** Resolves when it plays there. */
  readonly onSpeaker: (deviceId: string | null) => Promise<unknown>;
  /** Something happened to the sound of these calls. */
  readonly onNote: (callId: string, note: CallNote) => void;
  readonly report: (report: DeviceReport) => void;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly log: Logger;
}): DeviceChoice => {
  const { store, log } = ports;
  const standings = createDeviceStandings();
  let lists: DeviceLists = { microphones: [], speakers: [], hasMicrophone: true, hasSpeaker: true };
  /** Ended although they are still listed. */
  const dead = new Set<string>();
  let microphoneProblem: MicrophoneProblem | null = null;
  let opened: { readonly id: string; readonly sampleRateHz: number | null } | null = null;
  let replaced: Replaced | undefined;
  let gathered: readonly RoleChange[] = [];
  /** Lists that are asked for and not here yet. */
  let looking = 0;
  /** Microphones that may turn hands-free and are measured all the same; null: nobody looks. */
  let measuring: readonly string[] | null = null;

  const isTalking = (): boolean => {
    const { calls, join } = store.get();
    return (
      join?.state === 'connected' ||
      calls.some(({ state }) => state === 'connected' || state === 'answering')
    );
  };
  let talking = false;

  const inUse: DeviceChoice['inUse'] = (role) => standings.of(role).inUse;
  const outputId = (role: 'speaker' | 'ringer'): string | null => {
    const device = inUse(role);
    if (device === null) return null;
    // What nobody chose follows the system, also between two looks.
    const preferred = isPreferred(ports.settings()[role], lists.speakers, device);
    return device.isDefault && !preferred ? null : device.id;
  };

  const meters = createMicrophoneMeters((levels) => {
    ports.report({ kind: 'levels', levels });
  }, log);
  const measure = (): void => {
    const asked = measuring;
    const isMeasured = ({ id, label }: FoundDevice): boolean =>
      asked?.includes(id) === true || !mayTurnHandsFree(label);
    meters.measure(
      asked === null ? null : lists.microphones.filter(isMeasured).map(({ id }) => id),
    );
  };

  const publish = (): void => {
    const { devices } = store.get();
    const shown = (device: FoundDevice | null) =>
      device === null ? null : { id: device.id, label: device.label };
    const microphone = inUse('microphone');
    const rate = opened !== null && opened.id === microphone?.id ? opened.sampleRateHz : null;
    const next: PhoneSnapshot['devices'] = {
      microphones: lists.microphones.map(({ id, label }) => ({ id, label })),
      speakers: lists.speakers.map(({ id, label }) => ({ id, label })),
      inUse: {
        microphone: shown(microphone),
        speaker: shown(inUse('speaker')),
        ringer: shown(inUse('ringer')),
      },
      offered: (['microphone', 'speaker'] as const).flatMap((role) => {
        const device = shown(standings.of(role).offered);
        return device === null ? [] : [{ role, device }];
      }),
      ...(replaced === undefined ? {} : { replaced }),
      handsFree: microphone !== null && isHandsFree(microphone.label, rate),
      problem:
        microphoneProblem ??
        (lists.hasMicrophone ? (lists.hasSpeaker ? null : 'no_speaker') : 'no_microphone'),
    };
    if (JSON.stringify(next) !== JSON.stringify(devices)) store.update({ devices: next });
  };

  const tellReplaced = (): void => {
    // The microphone ends at once; of the speaker the list has yet to tell.
    if (looking > 0) {
      setTimeout(tellReplaced, gatherMs);
      return;
    }
    const [first] = gathered;
    const roles = gathered.map(({ role, to }) => ({ role, to: to?.label ?? null }));
    gathered = [];
    if (first?.from === null || first === undefined) return;
    replaced = {
      number: (replaced?.number ?? 0) + 1,
      inCall: talking,
      why: first.why === 'gone' ? 'gone' : 'better',
      from: first.from.label,
      roles,
    };
    publish();
    if (talking) void playOnce('moved', { deviceId: outputId('speaker'), volume: 1 }, log);
  };

  const lostDevices = createLostDevices({
    note: ports.onNote,
    monotonicMs: () => performance.now(),
  });
  const connectedIds = (): readonly string[] =>
    store.get().calls.flatMap(({ callId, state }) => (state === 'connected' ? [callId] : []));
  const note = ({ role, from, to }: RoleChange): void => {
    if (role === 'ringer' || from === null) return;
    const what = { device: role, name: from.label, replacedBy: to?.label ?? null };
    lostDevices.lost(connectedIds(), { at: ports.now(), ...what });
  };

  const moveSpeaker = (): void => {
    const to = outputId('speaker');
    ports.onSpeaker(to).then(
      () => {
        if (outputId('speaker') === to) lostDevices.serves('speaker');
      },
      (error: unknown) => log.warn('speaker not moved', { error: textOf(error) }),
    );
  };

  const act = (changes: readonly RoleChange[]): void => {
    for (const change of changes) if (change.why === 'gone') note(change);
    for (const { role } of changes) {
      if (role === 'microphone') ports.onMicrophone();
      if (role === 'speaker') moveSpeaker();
    }
    const byThemselves = changes.filter(
      ({ why, from }) => from !== null && (why === 'gone' || why === 'better'),
    );
    if (byThemselves.length > 0) {
      log.info('devices replaced', {
        changes: byThemselves.map(({ role, why }) => `${role}: ${why}`).join(),
      });
      if (gathered.length === 0) setTimeout(tellReplaced, gatherMs);
      gathered = [...gathered, ...byThemselves];
    }
    publish();
  };

  const decideAnew = (): readonly RoleChange[] => {
    const microphones = lists.microphones.filter(({ id }) => !dead.has(id));
    return standings.look({ ...lists, microphones }, ports.settings(), talking);
  };

  const look = (): void => {
    looking += 1;
    listDevices().then(
      (found) => {
        looking -= 1;
        lists = found;
        dead.clear();
        // Something was plugged or unplugged: what failed before may work now.
        if (found.hasMicrophone) microphoneProblem = null;
        act(decideAnew());
        measure();
      },
      (error: unknown) => {
        looking -= 1;
        log.warn('devices unknown', { error: textOf(error) });
      },
    );
  };

  navigator.mediaDevices.addEventListener('devicechange', look);
  look();
  store.subscribe(({ calls }, before) => {
    if (calls !== before.calls) lostDevices.callsAre(connectedIds());
    const now = isTalking();
    if (now === talking) return;
    talking = now;
    if (talking) return;
    // What was offered in the call is taken after it, and what another program held may be free again.
    dead.clear();
    act(decideAnew());
    // An event of a device that came may have been missed.
    look();
  });

  return {
    inUse,
    microphoneId: () => inUse('microphone')?.id ?? null,
    speakerId: () => outputId('speaker'),
    ringerIds: () => {
      const { ringer: preferences, alsoRing } = ports.settings();
      const ringer = inUse('ringer');
      const ids = ringOutputs({ speakers: lists.speakers, ringer, preferences, alsoRing });
      const own = outputId('ringer');
      return ids.length === 0 ? [null] : ids.map((id) => (id === ringer?.id ? own : id));
    },
    everySpeakerId: () => lists.speakers.map(({ id }) => id),
    settingsChanged: () => act(decideAnew()),
    microphoneLost: (deviceId) => {
      if (inUse('microphone')?.id !== deviceId) return false;
      dead.add(deviceId);
      const changes = decideAnew();
      act(changes);
      return changes.some(({ role }) => role === 'microphone');
    },
    microphoneOpened: (track) => {
      const { deviceId } = track.getSettings();
      // The settings have the rate after processing. The least that it could give is the device's own; on Linux
      // Chromium tells the sound server's, of every device.
      const sampleRateHz = track.getCapabilities().sampleRate?.min ?? null;
      opened = deviceId === undefined ? null : { id: deviceId, sampleRateHz };
      publish();
    },
    microphoneFailed: (problem) => {
      microphoneProblem = problem;
      publish();
    },
    microphoneSent: () => lostDevices.serves('microphone'),
    order: (order) => {
      switch (order.kind) {
        case 'meter':
          measuring = order.on ? (order.asked ?? []) : null;
          measure();
          return;
        case 'take':
          act(standings.decide(order.yes));
          return;
        case 'test': {
          const isRing = order.sound === 'ring';
          const volume = isRing ? ports.ringVolume() : 1;
          const to = order.deviceId ?? outputId(isRing ? 'ringer' : 'speaker');
          void playOnce(isRing ? 'ring' : 'test', { deviceId: to, volume }, log).then((played) => {
            ports.report({ kind: 'tested', id: order.id, played });
          });
        }
      }
    },
  };
};
