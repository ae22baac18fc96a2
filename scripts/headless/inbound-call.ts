import {
  beReadyAgain,
  compareLedgers,
  completeWrapUp,
  hearRecording,
  playRecording,
} from './after-the-call.ts';
import { becomeReady, beRung, MATCHED, signIn } from './before-the-call.ts';
import { filesIn, type CallScene } from './call-scene.ts';
import { answer, findNothingRecorded, getConsent, hangUp, holdAndResume } from './in-the-call.ts';
import { probePage } from './page-probe.ts';
import type { CallReport } from './report.ts';

/** One whole inbound call of the demo, each step verified at the PBX, in the database or in the recording. */
export const runInboundCall = async (scene: CallScene): Promise<Omit<CallReport, 'versions'>> => {
  const filesBefore = new Set(await filesIn(scene.recordingsDir));
  await signIn(scene);
  await becomeReady(scene);
  const readProbe = await probePage(scene.desk.page, {
    pop: ['[data-call-state="offered"]', MATCHED],
    wrapUp: ['[aria-label="Wrap-up"]'],
  });
  const offer = await beRung(scene, readProbe);
  const { answerToFirstAudioMs, agentHearsCustomer } = await answer(scene, offer, readProbe);
  await findNothingRecorded(scene, offer, filesBefore);
  const { startedAfterConsent, ...consent } = await getConsent(scene, offer);
  await holdAndResume(scene, offer);
  const endToWrapUpMs = await hangUp(scene, offer, readProbe);
  await completeWrapUp(scene, offer);
  const agentStateAfter = await beReadyAgain(scene);
  const { segments, handleTimeMs, code } = await compareLedgers(scene, offer);
  const { recording, customerHearsAgent } = await hearRecording(scene, offer, startedAfterConsent);
  await playRecording(scene, offer);
  const { callId: id, queue, customerName, match, inviteToPopMs } = offer;
  return {
    call: { id, queue, customerName, match },
    timings: { inviteToPopMs, answerToFirstAudioMs, endToWrapUpMs },
    audio: { customerHearsAgent, agentHearsCustomer },
    consent,
    recording,
    segments,
    handleTimeMs,
    wrapUp: { code },
    agentStateAfter,
  };
};
