import {
  handleTimeOf,
  segmentsOf,
  type Segment,
} from '../../src/shared/domain/handle-time/segments.ts';
import type { UiBridge } from '../../src/shared/ipc/bridge.ts';
import { loudestDb, wavOf } from '../display/read-wav.ts';
import type { Offer } from './before-the-call.ts';
import {
  agentStateInDatabase,
  audible,
  confirm,
  memberLines,
  only,
  filesIn,
  voiceInHeadset,
  wait,
  type CallScene,
} from './call-scene.ts';
import { fetchRecording } from './fetch-recording.ts';
import { eventually } from './timeline.ts';

/** Code and notes arrive in the database. */
export const completeWrapUp = (scene: CallScene, offer: Offer) =>
  scene.timeline.step('Complete the wrap-up', async (note) => {
    await scene.desk.chooseWrapUpCode('');
    await scene.desk.wrapUp
      .getByRole('textbox')
      .last()
      .fill('Explained the invoice. No follow-up needed.');
    await scene.screenshot('07-wrap-up');
    await wait(1_000);
    await scene.desk.button('Complete wrap-up').click();
    await eventually('the code in the database', async () => {
      const rows = await scene.database.rows(
        'SELECT code FROM legs WHERE call_id = $1 AND code IS NOT NULL',
        [offer.callId],
      );
      return rows[0] ?? null;
    });
    note('database: the wrap-up code arrived');
  });

/** The wish of before holds again. */
export const beReadyAgain = (scene: CallScene) =>
  scene.timeline.step('Ready again', async (note) => {
    await eventually('ready in the database', async () =>
      (await agentStateInDatabase(scene)) === 'ready' ? true : null,
    );
    const line = await eventually(
      'an unpaused queue member',
      async () =>
        (await memberLines(scene)).find((candidate) => !candidate.includes('paused')) ?? null,
    );
    note(`database: ready; PBX: ${line.trim()}`);
    await scene.screenshot('08-ready-again');
    return 'ready';
  });

/** Client, backend and the sum of the segments agree to the millisecond. */
export const compareLedgers = (scene: CallScene, offer: Offer) =>
  scene.timeline.step('The handle time agrees everywhere', async (note) => {
    const leg = only(
      await scene.database.rows('SELECT * FROM legs WHERE call_id = $1', [offer.callId]),
      'leg',
    );
    const stored = await scene.database.rows(
      'SELECT kind, started_at, ended_at FROM segments WHERE call_id = $1 ORDER BY position',
      [offer.callId],
    );
    const segments = stored.map((row) => ({
      kind: row['kind'] as Segment['kind'],
      startedAt: Number(row['started_at']),
      endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
      ms: Number(row['ended_at']) - Number(row['started_at']),
    }));
    const facts = await scene.desk.page.evaluate(async (callId) => {
      const { ringside } = window as unknown as { readonly ringside: UiBridge };
      const { finished } = await ringside.request('desk.snapshot', null);
      return finished?.callId === callId ? finished.facts : null;
    }, offer.callId);
    confirm(facts !== null, 'the client does not show the finished leg');
    const handleTimeMs = {
      client: handleTimeOf(segmentsOf(facts ?? []), Number.NaN).handleMs,
      backend: Number(leg['handle_ms']),
      sumOfSegments: segments
        .filter((segment) => ['talk', 'hold', 'wrap_up'].includes(segment.kind))
        .reduce((sum, segment) => sum + segment.ms, 0),
    };
    confirm(
      handleTimeMs.client === handleTimeMs.backend &&
        handleTimeMs.backend === handleTimeMs.sumOfSegments &&
        handleTimeMs.backend > 0,
      `client ${handleTimeMs.client}, backend ${handleTimeMs.backend}, segments ${handleTimeMs.sumOfSegments}`,
    );
    note(
      `${handleTimeMs.backend} ms in the client, in the backend and as the sum of ${segments.length} segments`,
    );
    return { segments, handleTimeMs, code: String(leg['code']) };
  });

/** It is kept encrypted, and has the agent's voice in one channel and the customer's in the other. */
export const hearRecording = (scene: CallScene, offer: Offer, startedAfterConsent: boolean) =>
  scene.timeline.step('The recording holds both voices', async (note) => {
    const row = only(
      await scene.database.rows('SELECT id, seconds FROM recordings WHERE contact_id = $1', [
        offer.contactId,
      ]),
      'recording',
    );
    const id = String(row['id']);
    const path = await eventually(
      'the encrypted recording',
      async () => (await filesIn(scene.keptDir)).find((file) => file.includes(id)) ?? null,
    );
    await eventually('the removal of what was recorded in clear', async () =>
      (await filesIn(scene.recordingsDir)).some((file) => file.includes(id)) ? null : true,
    );
    const audio = wavOf(await fetchRecording(scene.desk.page, offer.contactId, id), id);
    const [agentSamples, customerSamples] = audio.channels;
    confirm(audio.channels.length === 2, `it has ${audio.channels.length} channel(s)`);
    const level = (samples: Int16Array | undefined): number =>
      loudestDb(samples ?? new Int16Array(), audio.sampleRate);
    const agentDb = level(agentSamples);
    const customerDb = level(customerSamples);
    confirm(agentDb > audible, `the agent's channel is silent (${agentDb.toFixed(1)} dB)`);
    confirm(customerDb > audible, `the customer's channel is silent (${customerDb.toFixed(1)} dB)`);
    const seconds = (agentSamples?.length ?? 0) / audio.sampleRate;
    note(
      `${seconds.toFixed(1)} s, agent ${agentDb.toFixed(1)} dB, customer ${customerDb.toFixed(1)} dB: ${path}`,
    );
    return {
      recording: {
        startedAfterConsent,
        seconds,
        channels: audio.channels.length,
        path,
      },
      customerHearsAgent: {
        db: agentDb,
        how: "loudest 200 ms of the recording's first channel: what the PBX received from the agent and sent on to the customer",
      },
    };
  });

/** The recording is heard in the headset when the agent plays it from the contact's page. */
export const playRecording = (scene: CallScene, offer: Offer) =>
  scene.timeline.step("The recording plays from the contact's page", async (note) => {
    const { page } = scene.desk;
    await scene.desk
      .region('Your recent contacts')
      .getByRole('button')
      .filter({ hasText: offer.customerName })
      .first()
      .click();
    await scene.desk.button('Play').click();
    const db = await voiceInHeadset(scene, 'the recording in the headset');
    note(`headset: the recording at ${db.toFixed(1)} dB of full scale`);
    await scene.screenshot('09-contact');
    await page.keyboard.press('Escape');
  });
