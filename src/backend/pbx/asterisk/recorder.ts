import { setTimeout as wait } from 'node:timers/promises';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import { field } from '../ami/ami-message.ts';
import type { CallKey, PbxFailure, RecordingStart, RunningRecording } from '../pbx.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';
import {
  MIX_MONITOR_VARIABLE,
  OWNER_VARIABLE,
  RECORDING_VARIABLE,
  STATUS_HEADERS,
  snapshotChannels,
} from './pbx-snapshot.ts';
import type { SnapshotChannel } from './pbx-snapshot.ts';
import { buildRecordingWav, recordingParts, recordingWav, sizeOf } from './recording-files.ts';

/** One folder, as the PBX and as the backend see it. */
export type RecordingFolder = { readonly asPbx: string; readonly asBackend: string };

export type Recorder = {
  readonly start: (start: RecordingStart) => Promise<Result<null, PbxFailure>>;
  readonly stop: (callKey: CallKey, recordingId: string) => Promise<Result<null, PbxFailure>>;
  readonly silence: (recordingId: string, silent: boolean) => Promise<Result<null, PbxFailure>>;
  readonly running: () => Promise<Result<readonly RunningRecording[], PbxFailure>>;
  readonly file: (recordingId: string) => Promise<Result<string, PbxFailure>>;
};

const RECORDING_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What would end an argument of MixMonitor's option string. */
const UNUSABLE_IN_OPTIONS = /[(),&|"\\\n\r]/;

const POLL_MS = 25;
const COMPLETE_WITHIN_MS = 2_000;

const refused = (message: string) => failure({ code: 'pbx_refused', message } as const);
const noSuchCall = (message: string) => failure({ code: 'no_such_call', message } as const);

/**
 * Recording by MixMonitor on the agent's channel: `r` takes what the agent says, `t` what the agent hears, in two raw
 * files that Asterisk keeps in step with silence. Which recording runs is written on the channel itself, so it is known
 * after a restart of this process, and gone with the channel.
 */
export const createRecorder = (
  ami: Pick<AmiClient, 'send' | 'list'>,
  folder: RecordingFolder,
  channelsOf: (callKey: CallKey) => readonly CallChannel[],
  owner: string,
): Recorder => {
  const builds = new Map<string, Promise<Result<string, 'absent'>>>();

  const setVariable = (channel: string, name: string, value: string) =>
    ami.send('Setvar', [
      ['Channel', channel],
      ['Variable', name],
      ['Value', value],
    ]);

  const recordedChannels = async (): Promise<Result<readonly SnapshotChannel[], PbxFailure>> => {
    const status = await ami.list('Status', STATUS_HEADERS);
    if (!status.ok) return failure(pbxFailure(status.why));
    return success(
      snapshotChannels(status.value).filter(
        (channel) => channel.recordingId !== '' && channel.mixMonitorId !== '',
      ),
    );
  };

  const start = async ({
    callKey,
    extension,
    recordingId,
  }: RecordingStart): Promise<Result<null, PbxFailure>> => {
    if (!RECORDING_ID.test(recordingId)) return refused('not a recording id');
    if (UNUSABLE_IN_OPTIONS.test(folder.asPbx))
      return refused('the recordings folder has a name that the PBX cannot use');
    const channel = channelsOf(callKey).find(
      (each) => each.extension === extension && each.isUp && !each.isConsult,
    );
    if (channel === undefined) return noSuchCall('the agent is not with the customer of this call');
    const running = await recordedChannels();
    if (!running.ok) return running;
    const current = running.value.find(({ uniqueId }) => uniqueId === channel.uniqueId);
    if (current !== undefined) {
      if (current.recordingId === recordingId) return success(null);
      return refused('this call is being recorded already');
    }
    // the name first: no recording runs without one
    const [named] = await Promise.all([
      setVariable(channel.name, RECORDING_VARIABLE, recordingId),
      setVariable(channel.name, OWNER_VARIABLE, owner),
    ]);
    if (!named.ok) return noSuchCall(named.why.message);
    const parts = recordingParts(folder.asPbx, recordingId);
    const started = await ami.send('MixMonitor', [
      ['Channel', channel.name],
      ['Options', `r(${parts.agent})t(${parts.customer})i(${MIX_MONITOR_VARIABLE})`],
    ]);
    if (started.ok && field(started.value, 'MixMonitorID') !== '') return success(null);
    await setVariable(channel.name, RECORDING_VARIABLE, '');
    if (started.ok) return refused('the PBX named no recording');
    return failure(pbxFailure(started.why));
  };

  /**
   * Asterisk closes the files when its recording thread ends, shortly after it answered. False: there are none.
   */
  const complete = async (recordingId: string): Promise<boolean> => {
    const parts = recordingParts(folder.asBackend, recordingId);
    const deadline = performance.now() + COMPLETE_WITHIN_MS;
    let previous = '';
    for (;;) {
      const sizes = [await sizeOf(parts.agent), await sizeOf(parts.customer)];
      const areThere = !sizes.includes(null);
      if (areThere && sizes[0] === sizes[1] && String(sizes) === previous) return true;
      if (performance.now() > deadline) return areThere;
      previous = String(sizes);
      await wait(POLL_MS);
    }
  };

  const isKnown = async (recordingId: string): Promise<boolean> =>
    (await sizeOf(recordingParts(folder.asBackend, recordingId).agent)) !== null;

  const stop = async (callKey: CallKey, recordingId: string): Promise<Result<null, PbxFailure>> => {
    if (!RECORDING_ID.test(recordingId)) return refused('not a recording id');
    if ((await sizeOf(recordingWav(folder.asBackend, recordingId))) !== null) return success(null);
    const running = await recordedChannels();
    if (!running.ok) return running;
    const channel = running.value.find((candidate) => candidate.recordingId === recordingId);
    if (channel === undefined && !(await isKnown(recordingId)))
      return noSuchCall(`no recording ${recordingId} of call ${callKey}`);
    if (channel !== undefined) {
      const stopped = await ami.send('StopMixMonitor', [
        ['Channel', channel.name],
        ['MixMonitorID', channel.mixMonitorId],
      ]);
      // refused: the channel hung up meanwhile, which ends the recording just as well
      if (!stopped.ok && stopped.why.code !== 'refused') return failure(pbxFailure(stopped.why));
      const cleared = await setVariable(channel.name, RECORDING_VARIABLE, '');
      if (!cleared.ok && cleared.why.code !== 'refused') return failure(pbxFailure(cleared.why));
    }
    await complete(recordingId);
    return success(null);
  };

  const silence = async (
    recordingId: string,
    silent: boolean,
  ): Promise<Result<null, PbxFailure>> => {
    const running = await recordedChannels();
    if (!running.ok) return running;
    const channel = running.value.find((candidate) => candidate.recordingId === recordingId);
    if (channel === undefined) return noSuchCall(`recording ${recordingId} does not run`);
    const answer = await ami.send('MixMonitorMute', [
      ['Channel', channel.name],
      ['MixMonitorID', channel.mixMonitorId],
      ['Direction', 'both'],
      ['State', silent ? '1' : '0'],
    ]);
    if (answer.ok) return success(null);
    return answer.why.code === 'refused'
      ? noSuchCall(answer.why.message)
      : failure(pbxFailure(answer.why));
  };

  const running = async (): Promise<Result<readonly RunningRecording[], PbxFailure>> => {
    const channels = await recordedChannels();
    if (!channels.ok) return channels;
    return success(
      channels.value.map(({ callKey, linkedId, recordingId }) => ({
        callKey: callKey === '' ? linkedId : callKey,
        recordingId,
      })),
    );
  };

  const file = async (recordingId: string): Promise<Result<string, PbxFailure>> => {
    if (!RECORDING_ID.test(recordingId)) return refused('not a recording id');
    const isBuilt = (await sizeOf(recordingWav(folder.asBackend, recordingId))) !== null;
    if (!isBuilt && !builds.has(recordingId)) {
      // Its files say nothing of that: the PBX may make them only now.
      const channels = await recordedChannels();
      if (channels.ok && channels.value.some((channel) => channel.recordingId === recordingId))
        return refused('the recording is still running');
    }
    const build = builds.get(recordingId) ?? buildRecordingWav(folder.asBackend, recordingId);
    builds.set(recordingId, build);
    const built = await build.finally(() => builds.delete(recordingId));
    return built.ok ? built : noSuchCall(`there is no recording ${recordingId}`);
  };

  return { start, stop, silence, running, file };
};
