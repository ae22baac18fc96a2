import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseObserver, Row } from './database-observer.ts';
import type { DeskPage } from './desk-page.ts';
import { loudestDb, readWav } from '../display/read-wav.ts';
import { field } from '../../src/backend/pbx/ami/ami-message.ts';
import {
  handleTimeOf,
  segmentsOf,
  type Segment,
} from '../../src/shared/domain/handle-time/segments.ts';
import { probePage } from './page-probe.ts';
import type { PbxObserver } from './pbx-observer.ts';
import type { CallReport, MeasuredLevel } from './report.ts';
import { eventually, StepFailure, type Timeline } from './timeline.ts';

export type CallScene = {
  readonly desk: DeskPage;
  readonly pbx: PbxObserver;
  readonly database: DatabaseObserver;
  readonly timeline: Timeline;
  readonly recordingsDir: string;
  readonly agent: {
    readonly username: string;
    readonly password: string;
    readonly extension: string;
  };
  /** Records what the agent's headset plays for so many seconds. */
  readonly hearHeadset: (seconds: number) => Promise<string>;
  readonly screenshot: (name: string) => Promise<void>;
};

const audible = -50;

const only = (rows: readonly Row[], what: string): Row => {
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new StepFailure(`expected one ${what} in the database and found ${rows.length}`);
  }
  return row;
};

const confirm = (holds: boolean, what: string): void => {
  if (!holds) throw new StepFailure(what);
};

/** State of the agent's own row in the database: the backend's word for who may be offered a call. */
const agentStateInDatabase = async ({ database, agent }: CallScene): Promise<string> => {
  const row = only(
    await database.rows(
      `SELECT log.state ->> 'state' AS state FROM agent_state_log log JOIN users ON users.id = log.agent_id
       WHERE users.username = $1 ORDER BY log.revision DESC LIMIT 1`,
      [agent.username],
    ),
    'agent state',
  );
  return String(row['state']);
};

/** The PBX's line about this agent in its queues, such as `PJSIP/1001 … (paused:…) (Not in use)`. */
const memberLines = async ({ pbx, agent }: CallScene): Promise<readonly string[]> =>
  (await pbx.cli('queue show')).filter((line) => line.includes(`PJSIP/${agent.extension}`));

const recordingFiles = async (scene: CallScene): Promise<readonly string[]> =>
  (await readdir(scene.recordingsDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One whole inbound call of the demo, each step verified at the PBX, in the database or in the recording. */
export const runInboundCall = async (scene: CallScene): Promise<Omit<CallReport, 'versions'>> => {
  const { desk, pbx, database, timeline, agent, screenshot } = scene;
  const filesBefore = new Set(await recordingFiles(scene));

  await timeline.step('Sign in', async (note) => {
    await screenshot('01-sign-in');
    await desk.signIn(agent.username, agent.password);
    const contact = await eventually(
      'the phone registered at the PBX',
      async () =>
        (await pbx.cli('pjsip show contacts')).find((line) =>
          line.includes(`${agent.extension}/sip:`),
        ) ?? null,
    );
    note(`PBX: ${contact.trim()}`);
    const state = await agentStateInDatabase(scene);
    confirm(state === 'not_ready', `the database says ${state} after signing in`);
    note(`database: agent is ${state}`);
    const paused = await eventually('a paused queue member', async () => {
      const lines = await memberLines(scene);
      return lines.length > 0 && lines.every((line) => line.includes('paused')) ? lines : null;
    });
    note(`PBX: paused in ${paused.length} queue(s)`);
    await screenshot('02-desk');
  });

  await timeline.step('Ready', async (note) => {
    await desk.ready();
    const line = await eventually('an unpaused queue member', async () => {
      const lines = await memberLines(scene);
      return lines.find((candidate) => !candidate.includes('paused')) ?? null;
    });
    note(`PBX: ${line.trim()}`);
    await eventually('ready in the database', async () =>
      (await agentStateInDatabase(scene)) === 'ready' ? true : null,
    );
    note('database: agent is ready');
  });

  const readProbe = await probePage(desk.page, {
    pop: ['[data-call-state="offered"]', '[aria-label="Customer"][data-match]'],
    wrapUp: ['[aria-label="Wrap-up"]'],
  });

  const offer = await timeline.step(
    'A customer calls, and the record is there with the ring',
    async (note) => {
      const since = Date.now();
      await desk.button('Have a customer call').click();
      const leg = await pbx.event(
        "the agent's leg at the PBX",
        (name, message) =>
          name === 'Newchannel' &&
          field(message, 'channel').startsWith(`PJSIP/${agent.extension}-`),
        { since },
      );
      const channel = field(leg.message, 'channel');
      await pbx.reportTalking(channel);
      await desk.call('offered').first().waitFor();
      const callId = (await desk.call('offered').first().getAttribute('data-call-id')) ?? '';
      await desk.page.locator('[aria-label="Customer"][data-match]').waitFor();
      const match = (await desk.customer.getAttribute('data-match')) ?? '';
      const contact = await eventually('the contact in the database', async () => {
        const rows = await database.rows(
          `SELECT contacts.*, customers.name AS customer_name FROM contacts
         LEFT JOIN customers ON customers.id = contacts.customer_id
         WHERE started_at >= $1 ORDER BY started_at DESC`,
          [since - 1_000],
        );
        return rows[0] ?? null;
      });
      const customerName = String(contact['customer_name']);
      confirm(
        match === contact['match'],
        `the screen says ${match}, the database ${String(contact['match'])}`,
      );
      await desk.customer.getByText(customerName, { exact: true }).first().waitFor();
      const { appeared } = await readProbe();
      const inviteToPopMs = (appeared['pop'] ?? Number.NaN) - leg.at;
      note(`PBX: ${channel} is ringing`);
      note(
        `screen: ${customerName} (${match}), as in the database, ${inviteToPopMs.toFixed(0)} ms after the leg was made`,
      );
      await screenshot('03-ringing');
      return { callId, channel, match, customerName, contact, inviteToPopMs };
    },
  );
  const contactId = String(offer.contact['id']);

  const answered = await timeline.step('Answer, and both hear each other', async (note) => {
    const since = Date.now();
    await desk.button('Answer').click();
    const talking = await pbx.event(
      'the PBX hearing the agent',
      (name, message) =>
        name === 'ChannelTalkingStart' && field(message, 'channel') === offer.channel,
      { since },
    );
    await desk.call('connected').first().waitFor();
    const { pressed } = await readProbe();
    const answerToFirstAudioMs = talking.at - (pressed['Answer'] ?? Number.NaN);
    note(`PBX: hears the agent ${answerToFirstAudioMs.toFixed(0)} ms after the press of Answer`);
    const heard = await readWav(await scene.hearHeadset(4));
    const db = Math.max(...heard.channels.map((samples) => loudestDb(samples, heard.sampleRate)));
    confirm(db > audible, `the headset is silent (${db.toFixed(1)} dB)`);
    note(`headset: the customer's voice at ${db.toFixed(1)} dB of full scale`);
    await screenshot('04-in-call');
    const agentHearsCustomer: MeasuredLevel = {
      db,
      how: "loudest 200 ms of 4 s captured from the headset's sink (PulseAudio monitor)",
    };
    return { answerToFirstAudioMs, agentHearsCustomer };
  });

  await timeline.step('Nothing is recorded before consent', async (note) => {
    const files = (await recordingFiles(scene)).filter((file) => !filesBefore.has(file));
    confirm(files.length === 0, `there is ${files.join(', ')}`);
    const listed = await pbx.cli(`mixmonitor list ${offer.channel}`);
    confirm(
      !listed.some((line) => line.includes(scene.recordingsDir)),
      `the PBX records: ${listed.join(' ')}`,
    );
    note('disk: no recording; PBX: no MixMonitor on the channel');
  });

  const consent = await timeline.step(
    'Consent is asked and granted; recording starts',
    async (note) => {
      await desk.button('Ask consent').click();
      await desk.button('Consent granted').click();
      const fact = await eventually('the granted fact in the database', async () => {
        const rows = await database.rows(
          `SELECT at FROM events WHERE call_id = $1 AND topic = 'consent'
         AND fact::jsonb ->> 'kind' = 'granted'`,
          [offer.callId],
        );
        return rows[0] ?? null;
      });
      const at = Number(fact['at']);
      const start = await pbx.event(
        'the PBX recording',
        (name, message) =>
          name === 'MixMonitorStart' && field(message, 'channel') === offer.channel,
        { since: 0 },
      );
      confirm(start.at >= at, `recording began ${at - start.at} ms before consent`);
      note(`database: granted; PBX: MixMonitor ${start.at - at} ms later`);
      await desk.consent.getByText('Recording', { exact: false }).first().waitFor();
      await wait(2_500);
      await screenshot('05-recording');
      return { state: 'granted', at, startedAfterConsent: start.at >= at };
    },
  );

  await timeline.step('Hold with music, then resume', async (note) => {
    const since = Date.now();
    await desk.button('Hold').click();
    const music = await pbx.event(
      'hold music for the customer',
      (name) => name === 'MusicOnHoldStart',
      { since },
    );
    note(`PBX: ${field(music.message, 'channel')} hears music`);
    await screenshot('06-hold');
    await wait(1_500);
    const resumedAt = Date.now();
    await desk.button('Resume').click();
    await pbx.event('the music stopping', (name) => name === 'MusicOnHoldStop', {
      since: resumedAt,
    });
    await pbx.event(
      'the agent being heard again',
      (name, message) =>
        name === 'ChannelTalkingStart' && field(message, 'channel') === offer.channel,
      { since: resumedAt },
    );
    note('PBX: music stopped, the agent is heard again');
    await wait(2_000);
  });

  const endToWrapUpMs = await timeline.step('Hang up; the wrap-up opens', async (note) => {
    const since = Date.now();
    await desk.button('Hang up').click();
    await pbx.event(
      "the agent's leg gone at the PBX",
      (name, message) => name === 'Hangup' && field(message, 'channel') === offer.channel,
      { since },
    );
    note('PBX: the leg is gone');
    await desk.wrapUp.waitFor();
    const { appeared, pressed } = await readProbe();
    const ms = (appeared['wrapUp'] ?? Number.NaN) - (pressed['Hang up'] ?? Number.NaN);
    note(`screen: wrap-up ${ms.toFixed(0)} ms after the press of Hang up`);
    await eventually('wrap_up in the database', async () =>
      (await agentStateInDatabase(scene)) === 'wrap_up' ? true : null,
    );
    note('database: agent is in wrap-up');
    return ms;
  });

  await timeline.step('Complete the wrap-up', async (note) => {
    await desk.chooseWrapUpCode('');
    await desk.wrapUp
      .getByRole('textbox')
      .last()
      .fill('Explained the invoice. No follow-up needed.');
    await screenshot('07-wrap-up');
    await wait(1_000);
    await desk.button('Complete wrap-up').click();
    await eventually('the code in the database', async () => {
      const rows = await database.rows(
        'SELECT code FROM legs WHERE call_id = $1 AND code IS NOT NULL',
        [offer.callId],
      );
      return rows[0] ?? null;
    });
    note('database: the wrap-up code arrived');
  });

  const agentStateAfter = await timeline.step('Ready again', async (note) => {
    await eventually('ready in the database', async () =>
      (await agentStateInDatabase(scene)) === 'ready' ? true : null,
    );
    const line = await eventually(
      'an unpaused queue member',
      async () =>
        (await memberLines(scene)).find((candidate) => !candidate.includes('paused')) ?? null,
    );
    note(`database: ready; PBX: ${line.trim()}`);
    await screenshot('08-ready-again');
    return 'ready';
  });

  const ledger = await timeline.step('The handle time agrees everywhere', async (note) => {
    const leg = only(
      await database.rows('SELECT * FROM legs WHERE call_id = $1', [offer.callId]),
      'leg',
    );
    const stored = await database.rows(
      'SELECT kind, started_at, ended_at FROM segments WHERE call_id = $1 ORDER BY position',
      [offer.callId],
    );
    const segments = stored.map((row) => ({
      kind: row['kind'] as Segment['kind'],
      startedAt: Number(row['started_at']),
      endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
      ms: Number(row['ended_at']) - Number(row['started_at']),
    }));
    const shown = await desk.page.evaluate(async (callId) => {
      const snapshot = await (
        window as unknown as {
          ringside: {
            request: (
              name: string,
              payload: null,
            ) => Promise<{ finished: { callId: string; facts: [] } | null }>;
          };
        }
      ).ringside.request('desk.snapshot', null);
      return snapshot.finished?.callId === callId ? snapshot.finished.facts : null;
    }, offer.callId);
    confirm(shown !== null, 'the client does not show the finished leg');
    const handleTimeMs = {
      client: handleTimeOf(segmentsOf(shown ?? []), Number.NaN).handleMs,
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

  const recorded = await timeline.step(
    'The recording holds both voices, and can be played',
    async (note) => {
      const row = only(
        await database.rows('SELECT id, seconds FROM recordings WHERE contact_id = $1', [
          contactId,
        ]),
        'recording',
      );
      const path = await eventually(
        'the recording on disk',
        async () =>
          (await recordingFiles(scene)).find(
            (file) =>
              file.includes(String(row['id'])) && file.endsWith('.wav') && !filesBefore.has(file),
          ) ?? null,
      );
      const audio = await readWav(path);
      const [agentSamples, customerSamples] = audio.channels;
      confirm(audio.channels.length === 2, `it has ${audio.channels.length} channel(s)`);
      const level = (samples: Int16Array | undefined): number =>
        loudestDb(samples ?? new Int16Array(), audio.sampleRate);
      const agentDb = level(agentSamples);
      const customerDb = level(customerSamples);
      confirm(agentDb > audible, `the agent's channel is silent (${agentDb.toFixed(1)} dB)`);
      confirm(
        customerDb > audible,
        `the customer's channel is silent (${customerDb.toFixed(1)} dB)`,
      );
      const seconds = (agentSamples?.length ?? 0) / audio.sampleRate;
      note(
        `${seconds.toFixed(1)} s, agent ${agentDb.toFixed(1)} dB, customer ${customerDb.toFixed(1)} dB: ${path}`,
      );
      await screenshot('09-after-the-call');
      return {
        recording: {
          startedAfterConsent: consent.startedAfterConsent,
          seconds,
          channels: audio.channels.length,
          path,
        },
        customerHearsAgent: {
          db: agentDb,
          how: "loudest 200 ms of the recording's first channel: what the PBX received from the agent and sent on to the customer",
        },
      };
    },
  );

  return {
    call: {
      id: offer.callId,
      queue: offer.contact['queue'] === null ? null : String(offer.contact['queue']),
      customerName: offer.customerName,
      match: offer.match,
    },
    timings: {
      inviteToPopMs: offer.inviteToPopMs,
      answerToFirstAudioMs: answered.answerToFirstAudioMs,
      endToWrapUpMs,
    },
    audio: {
      customerHearsAgent: recorded.customerHearsAgent,
      agentHearsCustomer: answered.agentHearsCustomer,
    },
    consent: { state: consent.state, at: consent.at },
    recording: recorded.recording,
    segments: ledger.segments,
    handleTimeMs: ledger.handleTimeMs,
    wrapUp: { code: ledger.code },
    agentStateAfter,
  };
};
