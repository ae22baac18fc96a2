import { field } from '../../src/backend/pbx/ami/ami-message.ts';
import { agentStateInDatabase, confirm, memberLines, type CallScene } from './call-scene.ts';
import type { ReadProbe } from './page-probe.ts';
import { isLegOf } from './pbx-observer.ts';
import { eventually } from './timeline.ts';

/** The customer's region once the record (or that there is none) is known. */
export const MATCHED = '[aria-label="Customer"][data-match]:not([data-match="looking"])';

/** The call that rings. */
export type Offer = {
  readonly callId: string;
  readonly contactId: string;
  readonly queue: string | null;
  /** The agent's leg at the PBX. */
  readonly channel: string;
  readonly match: string;
  readonly customerName: string;
  readonly inviteToPopMs: number;
};

/** Shorter than any hold of the run, longer than the pause between two syllables. */
const SILENCE_MS = 500;

/** Signed in, the phone is registered and the agent waits, paused, in its queues. */
export const signIn = (scene: CallScene) =>
  scene.timeline.step('Sign in', async (note) => {
    await scene.screenshot('01-sign-in');
    await scene.desk.signIn(scene.agent.username, scene.agent.password);
    const contact = await eventually(
      'the phone registered at the PBX',
      async () =>
        (await scene.pbx.cli('pjsip show contacts')).find((line) =>
          line.includes(`${scene.agent.extension}/sip:`),
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
    await scene.screenshot('02-desk');
  });

/** Ready puts the agent into the queue at the PBX. */
export const becomeReady = (scene: CallScene) =>
  scene.timeline.step('Ready', async (note) => {
    await scene.desk.ready();
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

/** The phone rings and the record is there, the same as in the database. */
export const beRung = (scene: CallScene, readProbe: ReadProbe) =>
  scene.timeline.step('A customer calls, and the record is there with the ring', async (note) => {
    const since = Date.now();
    await scene.desk.button('Have a customer call').click();
    const leg = await scene.pbx.event(
      "the agent's leg at the PBX",
      isLegOf(scene.agent.extension),
      { since },
    );
    const channel = field(leg.message, 'channel');
    await scene.pbx.reportTalking(channel, SILENCE_MS);
    await scene.desk.call('offered').first().waitFor();
    const callId = (await scene.desk.call('offered').first().getAttribute('data-call-id')) ?? '';
    await scene.desk.page.locator(MATCHED).waitFor();
    const match = (await scene.desk.customer.getAttribute('data-match')) ?? '';
    const contact = await eventually('the contact in the database', async () => {
      const rows = await scene.database.rows(
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
    await scene.desk.customer.getByText(customerName, { exact: true }).first().waitFor();
    const { appeared } = await readProbe();
    const inviteToPopMs = (appeared['pop'] ?? Number.NaN) - leg.at;
    note(`PBX: ${channel} is ringing`);
    note(
      `screen: ${customerName} (${match}), as in the database, ${inviteToPopMs.toFixed(0)} ms after the leg was made`,
    );
    await scene.screenshot('03-ringing');
    const offer: Offer = {
      callId,
      contactId: String(contact['id']),
      queue: typeof contact['queue'] === 'string' ? contact['queue'] : null,
      channel,
      match,
      customerName,
      inviteToPopMs,
    };
    return offer;
  });
