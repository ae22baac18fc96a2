import { field } from '../../src/backend/pbx/ami/ami-message.ts';
import type { Offer } from './before-the-call.ts';
import {
  agentStateInDatabase,
  confirm,
  filesIn,
  voiceInHeadset,
  wait,
  type CallScene,
} from './call-scene.ts';
import type { ReadProbe } from './page-probe.ts';
import type { MeasuredLevel } from './report.ts';
import { eventually } from './timeline.ts';

/** Both sides are heard. */
export const answer = (scene: CallScene, offer: Offer, readProbe: ReadProbe) =>
  scene.timeline.step('Answer, and both hear each other', async (note) => {
    const since = Date.now();
    await scene.desk.button('Answer').click();
    const talking = await scene.pbx.event(
      'the PBX hearing the agent',
      (name, message) =>
        name === 'ChannelTalkingStart' && field(message, 'channel') === offer.channel,
      { since },
    );
    await scene.desk.call('connected').first().waitFor();
    const { pressed } = await readProbe();
    const answerToFirstAudioMs = talking.at - (pressed['Answer'] ?? Number.NaN);
    note(`PBX: hears the agent ${answerToFirstAudioMs.toFixed(0)} ms after the press of Answer`);
    const db = await voiceInHeadset(scene, "the customer's voice in the headset");
    note(`headset: the customer's voice at ${db.toFixed(1)} dB of full scale`);
    await scene.screenshot('04-in-call');
    const agentHearsCustomer: MeasuredLevel = {
      db,
      how: "loudest 200 ms of a second captured from the headset's sink (PulseAudio monitor)",
    };
    return { answerToFirstAudioMs, agentHearsCustomer };
  });

/** Without consent there is no recording, on disk or at the PBX. */
export const findNothingRecorded = (
  scene: CallScene,
  offer: Offer,
  filesBefore: ReadonlySet<string>,
) =>
  scene.timeline.step('Nothing is recorded before consent', async (note) => {
    const files = (await filesIn(scene.recordingsDir)).filter((file) => !filesBefore.has(file));
    confirm(files.length === 0, `there is ${files.join(', ')}`);
    const listed = await scene.pbx.cli(`mixmonitor list ${offer.channel}`);
    confirm(
      !listed.some((line) => line.includes(scene.recordingsDir)),
      `the PBX records: ${listed.join(' ')}`,
    );
    note('disk: no recording; PBX: no MixMonitor on the channel');
  });

/** Recording begins after the consent, and not before. */
export const getConsent = (scene: CallScene, offer: Offer) =>
  scene.timeline.step('Consent is asked and granted; recording starts', async (note) => {
    await scene.desk.button('Ask consent').click();
    await scene.desk.button('Consent granted').click();
    const fact = await eventually('the granted fact in the database', async () => {
      const rows = await scene.database.rows(
        `SELECT at FROM events WHERE call_id = $1 AND topic = 'consent'
         AND fact::jsonb ->> 'kind' = 'granted'`,
        [offer.callId],
      );
      return rows[0] ?? null;
    });
    const at = Number(fact['at']);
    const start = await scene.pbx.event(
      'the PBX recording',
      (name, message) => name === 'MixMonitorStart' && field(message, 'channel') === offer.channel,
      { since: 0 },
    );
    confirm(start.at >= at, `recording began ${at - start.at} ms before consent`);
    note(`database: granted; PBX: MixMonitor ${start.at - at} ms later`);
    await scene.desk.consent.getByText('Recording', { exact: false }).first().waitFor();
    await voiceInHeadset(scene, "the customer's voice in the headset");
    await wait(1_000);
    await scene.screenshot('05-recording');
    return { state: 'granted', at, startedAfterConsent: start.at >= at };
  });

/** The customer hears music and then the agent again. */
export const holdAndResume = (scene: CallScene, offer: Offer) =>
  scene.timeline.step('Hold with music, then resume', async (note) => {
    const since = Date.now();
    await scene.desk.button('Hold').click();
    const music = await scene.pbx.event(
      'hold music for the customer',
      (name) => name === 'MusicOnHoldStart',
      { since },
    );
    note(`PBX: ${field(music.message, 'channel')} hears music`);
    await scene.screenshot('06-hold');
    await wait(1_500);
    const resumedAt = Date.now();
    await scene.desk.button('Resume').click();
    await scene.pbx.event('the music stopping', (name) => name === 'MusicOnHoldStop', {
      since: resumedAt,
    });
    await scene.pbx.event(
      'the agent being heard again',
      (name, message) =>
        name === 'ChannelTalkingStart' && field(message, 'channel') === offer.channel,
      { since: resumedAt },
    );
    note('PBX: music stopped, the agent is heard again');
    await wait(2_000);
  });

/** The leg is gone and the wrap-up is open. */
export const hangUp = (scene: CallScene, offer: Offer, readProbe: ReadProbe) =>
  scene.timeline.step('Hang up; the wrap-up opens', async (note) => {
    const since = Date.now();
    await scene.desk.button('Hang up').click();
    await scene.pbx.event(
      "the agent's leg gone at the PBX",
      (name, message) => name === 'Hangup' && field(message, 'channel') === offer.channel,
      { since },
    );
    note('PBX: the leg is gone');
    await scene.desk.wrapUp.waitFor();
    const { appeared, pressed } = await readProbe();
    const ms = (appeared['wrapUp'] ?? Number.NaN) - (pressed['Hang up'] ?? Number.NaN);
    note(`screen: wrap-up ${ms.toFixed(0)} ms after the press of Hang up`);
    await eventually('wrap_up in the database', async () =>
      (await agentStateInDatabase(scene)) === 'wrap_up' ? true : null,
    );
    note('database: agent is in wrap-up');
    return ms;
  });
