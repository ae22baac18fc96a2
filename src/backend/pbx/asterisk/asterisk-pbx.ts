import { randomUUID } from 'node:crypto';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiAddress } from '../ami/ami-address.ts';
import { createAmiClient } from '../ami/ami-client.ts';
import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, DemoCustomerCall, Pbx, PbxEvent, PbxFailure, PbxStatus } from '../pbx.ts';
import { pbxFailure } from './ami-failure.ts';
import { createAriClient } from './ari-client.ts';
import type { AriAddress } from './ari-client.ts';
import { createCallTracker } from './call-tracker.ts';
import { createComfort } from './comfort.ts';
import { isComfortChannel } from './comfort-channel.ts';
import { demoCustomerAction } from './demo-customer.ts';
import { createHangUp } from './hang-up.ts';
import { createKeypadPrompts } from './keypad-prompts.ts';
import { parkedChannels } from './parking-places.ts';
import { readPresence } from './presence.ts';
import { STATUS_HEADERS, queueEntries, snapshotChannels } from './pbx-snapshot.ts';
import { createQueueMembership } from './queue-membership.ts';
import { createRecorder } from './recorder.ts';
import type { RecordingFolder } from './recorder.ts';
import { createCredentialStore } from './sip-credentials.ts';
import { createSupervision } from './supervision.ts';

export type AsteriskOptions = {
  readonly ami: AmiAddress;
  readonly ari: AriAddress;
  readonly recordings: RecordingFolder;
  /** Names this backend on what it records, for the guard that ends it. */
  readonly recordingOwner?: string;
  /** Whether this PBX has our demo dialplan (the embedded one has). */
  readonly hasDemoCustomers: boolean;
  /** Epoch ms of the server's clock. */
  readonly now?: () => number;
};

/** The port promises an answer within 5 s, however many steps it takes. */
const ANSWER_WITHIN_MS = 4_900;
/** Of the context `agents` in extensions.conf. */
const PROOF_EXTENSION = 'proof';

const inTime = async <Value, Why = PbxFailure>(
  work: Promise<Result<Value, Why | PbxFailure>>,
): Promise<Result<Value, Why | PbxFailure>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<Value, PbxFailure>>((resolve) => {
    timer = setTimeout(
      () => resolve(failure({ code: 'pbx_away', message: 'the PBX did not answer in time' })),
      ANSWER_WITHIN_MS,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Asterisk 22 by AMI (calls, queues, recording) and ARI (the agents' SIP secrets). */
export const createAsteriskPbx = (options: AsteriskOptions): Pbx => {
  const now = options.now ?? Date.now;
  const listeners = new Set<(event: PbxEvent) => void>();
  const tracker = createCallTracker();
  let status: PbxStatus = { state: 'disconnected', why: 'not started', since: now() };
  /** Events that arrive while the view is being rebuilt wait here; null: the view is current. */
  let held: { readonly message: AmiMessage; readonly at: number }[] | null = [];

  const publish = (events: readonly PbxEvent[]): void => {
    for (const event of events) for (const listener of listeners) listener(event);
  };

  const take = (message: AmiMessage, at: number): void => {
    const leaving =
      field(message, 'Event') === 'Hangup' ? tracker.callOf(field(message, 'Uniqueid')) : null;
    const calls = tracker.take(message, at);
    if (leaving !== null) comfort.partyLeft(leaving);
    publish(calls);
    publish(supervision.take(message, calls, at));
  };

  const ami = createAmiClient(options.ami, {
    opened: () => void resync(),
    event: (message) => {
      const at = now();
      if (held === null) take(message, at);
      else held.push({ message, at });
    },
    lost: (why) => {
      held = [];
      const at = now();
      status = { state: 'disconnected', why, since: at };
      publish([{ kind: 'disconnected', at, why }]);
    },
  });
  const credentials = createCredentialStore(createAriClient(options.ari), now);
  const membership = createQueueMembership(ami);
  const comfort = createComfort(ami, tracker.channelsOf, (uniqueId) => {
    publish(tracker.arrives(uniqueId, now()));
  });
  const hangUp = createHangUp(ami, tracker.channelsOf);
  const prompts = createKeypadPrompts(ami, tracker.channelsOf);
  const supervision = createSupervision(ami, tracker);
  const recorder = createRecorder(
    ami,
    options.recordings,
    tracker.channelsOf,
    options.recordingOwner ?? '',
  );

  const resync = async (): Promise<void> => {
    const mine: NonNullable<typeof held> = [];
    held = mine;
    // calls do not wait for the secrets: pushing them may need several attempts
    void credentials.restore();
    const [settings, channels, queues, parked] = await Promise.all([
      ami.send('CoreSettings'),
      ami.list('Status', STATUS_HEADERS),
      ami.list('QueueStatus'),
      ami.list('ParkedCalls'),
    ]);
    // the connection was lost (and perhaps made anew) meanwhile: that attempt has its own resync
    if (held !== mine) return;
    if (!settings.ok || !channels.ok || !queues.ok) {
      ami.reconnect('the PBX did not tell its state');
      return;
    }
    const at = now();
    const version = field(settings.value, 'AsteriskVersion');
    status = { state: 'connected', version };
    const present = snapshotChannels(channels.value);
    const differences = tracker.resync(
      {
        channels: present.filter(
          ({ join, uniqueId }) => join === null && !isComfortChannel(uniqueId),
        ),
        queueEntries: queueEntries(queues.value),
        // a PBX without parking says that it knows no such action
        parked: parked.ok ? parkedChannels(parked.value) : [],
      },
      at,
    );
    comfort.align(present.map(({ uniqueId }) => uniqueId));
    const joins = supervision.resync(present, at);
    publish([{ kind: 'connected', at, version }, ...differences, ...joins]);
    held = null;
    for (const event of mine) take(event.message, event.at);
  };

  const callDemoCustomer = async (call: DemoCustomerCall): Promise<Result<CallKey, PbxFailure>> => {
    if (!options.hasDemoCustomers)
      return failure({ code: 'not_supported', message: 'this PBX has no demo customers' });
    const callKey = randomUUID();
    const action = demoCustomerAction(call, callKey);
    if (!action.ok) return failure({ code: 'pbx_refused', message: action.why });
    const answer = await ami.send('Originate', action.value);
    return answer.ok ? success(callKey) : failure(pbxFailure(answer.why));
  };

  return {
    kind: 'asterisk',
    capabilities: {
      queues: true,
      recording: true,
      demoCustomers: options.hasDemoCustomers,
      parking: true,
      supervision: true,
      comfort: true,
      surveys: true,
    },
    proofExtension: PROOF_EXTENSION,
    start: ami.start,
    stop: () => {
      listeners.clear();
      ami.stop();
      credentials.stop();
      return Promise.resolve();
    },
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setMember: (member) => inTime(membership.set(member)),
    removeMember: (queue, extension) => inTime(membership.remove(queue, extension)),
    members: () => inTime(membership.all()),
    presence: () => inTime(readPresence(ami)),
    mintCredentials: (extension, lifetimeMs) => inTime(credentials.mint(extension, lifetimeMs)),
    revokeCredentials: (extension) => inTime(credentials.revoke(extension)),
    challengeForgotten: credentials.challenge,
    hangUp: (leg) => inTime(hangUp(leg)),
    comfort: (callKey, extension, isOn) => inTime(comfort.set(callKey, extension, isOn)),
    heardWith: tracker.heardWith,
    startRecording: (start) => inTime(recorder.start(start)),
    stopRecording: (callKey, recordingId) => inTime(recorder.stop(callKey, recordingId)),
    silenceRecording: (recordingId, silent) => inTime(recorder.silence(recordingId, silent)),
    runningRecordings: () => inTime(recorder.running()),
    recordingFile: (recordingId) => recorder.file(recordingId),
    setPromptQueue: (queue, isOn) => inTime(prompts.setQueue(queue, isOn)),
    playPrompt: (callKey, prompt) => inTime(prompts.play(callKey, prompt)),
    setSurveyQueue: (queue, isOn) => inTime(prompts.setSurveyQueue(queue, isOn)),
    playSurvey: (callKey, survey) => inTime(prompts.playSurvey(callKey, survey)),
    callDemoCustomer: (call) => inTime(callDemoCustomer(call)),
    supervise: (order) => inTime(supervision.supervise(order)),
    superviseMode: (joinId, mode) => inTime(supervision.superviseMode(joinId, mode)),
    endSupervision: (joinId) => inTime(supervision.endSupervision(joinId)),
    takeOver: (order) => inTime(supervision.takeOver(order)),
    runningSupervisions: () => inTime(supervision.runningSupervisions()),
  };
};
