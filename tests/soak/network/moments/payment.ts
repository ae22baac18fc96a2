import { setTimeout as pause } from 'node:timers/promises';
import { apiPrefix } from '../../../../src/shared/api/routes.ts';
import { levelDb } from '../../../integration/pbx/tone.ts';
import { until } from '../../../support/engine-page/far-end.ts';
import { legOf } from '../../../support/far-end.ts';
import { askDesk } from '../../../support/reliability/desk-orders.ts';
import type { Stack } from '../../../support/stack.ts';
import type { Scene } from '../repeated.ts';
import { type Call, type Moment, nothing, patienceMs, talking, type Witness } from './moment.ts';

/** What the customer says before the card, while it is taken, and once the agent is back. */
const beforeHz = 1_000;
const cardHz = 1_500;
const afterHz = 2_100;
const sayMs = 1_500;
/** Until what was said is through every buffer on the way to the recorder. */
const throughMs = 400;

const headerBytes = 44;
const windowMs = 20;
/** The tone itself has about -11 dB. */
const audibleDb = -35;
const enoughWindows = 10;

type Row = Readonly<Record<string, unknown>>;

const wavOf = async ({ services, administrator }: Stack, row: Row): Promise<Buffer> => {
  const path = `/contacts/${String(row['contact_id'])}/recordings/${String(row['id'])}`;
  const answer = await fetch(`${services.backendUrl}${apiPrefix}${path}`, {
    headers: { authorization: `Bearer ${administrator.session.token}` },
  });
  if (answer.status !== 200) throw new Error(`a recording cannot be read: ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
};

/** In how many windows of 20 ms the customer, the right one of two channels of 16 bit, says a tone. */
const windowsWith = (wav: Buffer, hertz: number): number => {
  const rateHz = wav.readUInt32LE(24);
  const perWindow = (rateHz * windowMs) / 1_000;
  const frames = Math.floor((wav.length - headerBytes) / 4);
  let count = 0;
  for (let from = 0; from + perWindow <= frames; from += perWindow) {
    const samples = Int16Array.from({ length: perWindow }, (_, index) =>
      wav.readInt16LE(headerBytes + (from + index) * 4 + 2),
    );
    if (levelDb(samples, rateHz, hertz) > audibleDb) count += 1;
  }
  return count;
};

const recordingsOfContact = (stack: Stack, contactId: unknown): Promise<readonly Row[]> =>
  stack.rows('SELECT * FROM recordings WHERE contact_id = $1 ORDER BY started_at', [contactId]);

const untilRecorded = (stack: Stack, contactId: unknown, nth: number): Promise<void> =>
  until(
    `recording ${String(nth)} runs`,
    async () => (await recordingsOfContact(stack, contactId))[nth - 1]?.['state'] === 'recording',
  );

/** The customer agrees, says something, and a card after the recording fell silent. */
const takeCard = async ({ bed: { stack }, desk }: Scene, call: Call): Promise<unknown> => {
  const { callId, customer } = call;
  await askDesk(desk, 'consent.record', { callId, kind: 'asked' });
  await askDesk(desk, 'consent.record', { callId, kind: 'granted' });
  const contactId = (await legOf(stack, callId))['contact_id'];
  await untilRecorded(stack, contactId, 1);
  customer.say(beforeHz);
  await pause(sayMs);
  customer.say(null);
  await askDesk(desk, 'payment.open', { callId, step: 'button' });
  await until('the desk says that the recording is silent', async () =>
    (await desk.deskSnapshot()).cards.some(({ payment }) => payment?.silence === 'silent'),
  );
  customer.say(cardHz);
  await pause(sayMs);
  return contactId;
};

const expectNoPause = async (
  { bed: { stack }, desk }: Scene,
  contactId: unknown,
): Promise<void> => {
  await until('the pause is over', async () => {
    const rows = await stack.rows(
      'SELECT end_why FROM payment_pauses WHERE contact_id = $1 AND ended_at IS NOT NULL',
      [contactId],
    );
    return rows.length === 1 && rows[0]?.['end_why'] === 'call_ended';
  });
  await until('the desk shows no pause', async () => {
    const { cards, paymentSteps = [] } = await desk.deskSnapshot();
    return paymentSteps.length === 0 && cards.every(({ payment = null }) => payment === null);
  });
};

/** What the backend itself found in the span, in both channels. */
const expectSilenceProven = (stack: Stack, contactId: unknown): Promise<void> =>
  until('the span is proven to be silent', async () => {
    const proofs = await stack.rows(
      `SELECT samples, not_zero FROM silence_proofs
       WHERE recording_id IN (SELECT id FROM recordings WHERE contact_id = $1)`,
      [contactId],
    );
    return (
      proofs.length === 1 &&
      proofs.every((proof) => Number(proof['samples']) > 0 && Number(proof['not_zero']) === 0)
    );
  });

const expectNoCard = async (stack: Stack, contactId: unknown): Promise<void> => {
  await until(
    'both recordings are kept',
    async () => {
      const rows = await recordingsOfContact(stack, contactId);
      return rows.length === 2 && rows.every(({ state }) => state === 'stopped');
    },
    patienceMs,
  );
  const rows = await recordingsOfContact(stack, contactId);
  const wavs = await Promise.all(rows.map((row) => wavOf(stack, row)));
  for (const [index, hertz] of [beforeHz, afterHz].entries()) {
    const wav = wavs[index];
    if (wav === undefined || windowsWith(wav, hertz) < enoughWindows) {
      throw new Error(`recording ${String(index + 1)} lacks what was allowed`);
    }
  }
  const cards = wavs.reduce((sum, wav) => sum + windowsWith(wav, cardHz), 0);
  if (cards > 0) throw new Error(`${String(cards * windowMs)} ms of the card are in a recording`);
};

const witnessOf = async (scene: Scene, call: Call): Promise<Witness> => {
  const { stack } = scene.bed;
  const contactId = await takeCard(scene, call);
  return {
    // The customer goes on with the card for as long as nobody is there to say that the agent is gone.
    rung: async () => {
      call.customer.say(null);
      await expectNoPause(scene, contactId);
      await pause(throughMs);
    },
    again: async () => {
      await untilRecorded(stack, contactId, 2);
      call.customer.say(afterHz);
      await pause(sayMs);
    },
    over: async () => {
      await expectNoCard(stack, contactId);
      await expectSilenceProven(stack, contactId);
    },
  };
};

export const momentsOfPayment: readonly Moment[] = [
  { name: 'a card is taken', begin: talking, reach: nothing, witness: witnessOf },
];
