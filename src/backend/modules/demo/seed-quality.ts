import type { Answers } from '../../../shared/domain/quality/quality.ts';
import { scoreOf } from '../../../shared/domain/quality/quality.ts';
import type { Label } from '../../../shared/api/records.ts';
import type { Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { acknowledgeNote, insertNote } from '../coaching/coaching-repository.ts';
import { saveQualityForms, type QualityFormGiven } from '../quality/quality-centre.ts';
import { acknowledgeCard, findForms, putCard } from '../quality/scorecard-repository.ts';

/** On which form the demo's conversations are scored, and what was thought of a few of them. */

const label = (en: string, es: string, pt: string): Label => ({ en, es, pt });

const seedForm: QualityFormGiven = {
  code: 'conversation',
  label: label('Conversation', 'Conversación', 'Conversa'),
  criteria: [
    {
      key: 'opening',
      label: label('Greeting and name', 'Saludo y nombre', 'Saudação e nome'),
      kind: 'yes_no',
    },
    {
      key: 'consent',
      label: label('Asked for consent', 'Pidió consentimiento', 'Pediu consentimento'),
      help: label(
        'In the words of the rule, before anything is recorded.',
        'Con las palabras de la norma, antes de grabar nada.',
        'Com as palavras da regra, antes de gravar seja o que for.',
      ),
      kind: 'yes_no',
      critical: true,
    },
    {
      key: 'listening',
      label: label('Listened and understood', 'Escuchó y entendió', 'Ouviu e compreendeu'),
      kind: 'scale',
      weight: 2,
    },
    {
      key: 'solution',
      label: label('Solved the matter', 'Resolvió el asunto', 'Resolveu o assunto'),
      kind: 'scale',
      weight: 3,
    },
    {
      key: 'hold',
      label: label('Explained the hold', 'Explicó la espera', 'Explicou a espera'),
      kind: 'yes_no',
      mayNotApply: true,
    },
  ],
};

const answered = (...values: readonly (number | null)[]): Answers =>
  Object.fromEntries(
    seedForm.criteria.map(({ key }, index) => [key, { value: values[index] ?? null, note: '' }]),
  );

const reviews = [
  {
    answers: answered(1, 1, 5, 4, null),
    remark: 'Calm and clear. Say the next step before the goodbye.',
    reply: null,
  },
  {
    answers: answered(1, 1, 4, 5, 1),
    remark: 'A hard call, well turned.',
    reply: 'Thank you. The note in the record helped.',
  },
] as const;

const notes = [
  'You found the fault before the customer had finished. Say the next step once more before the goodbye.',
  'Good that you asked twice for the order number.',
] as const;

/** How the weeks before went, the latest first; null: nothing was scored in that week. */
const weeksBefore = [
  answered(1, 1, 5, 4, 1),
  answered(1, 1, 4, 4, null),
  null,
  answered(1, 1, 4, 4, 0),
  answered(1, 1, 3, 4, null),
  answered(0, 1, 4, 3, 1),
  null,
  answered(1, 1, 3, 3, 0),
] as const;

const weekMs = 7 * 86_400_000;

type Named = { readonly id: string; readonly username: string };

/** After people and past contacts are there. */
export const seedQuality = async (
  transaction: Transaction,
  people: readonly Named[],
  now: number,
  mintId: MintId,
): Promise<void> => {
  await saveQualityForms(transaction, [seedForm]);
  const [form] = await findForms(transaction, [{ form: seedForm.code, version: 1 }]);
  const idOf = (name: string) => people.find(({ username }) => username === name)?.id ?? '';
  const contacts = await transaction.query<{
    readonly contactId: string;
    readonly endedAt: number;
  }>(
    `SELECT contact_id AS "contactId", ended_at AS "endedAt" FROM legs
     WHERE agent_id = $1 AND answered_at IS NOT NULL ORDER BY started_at DESC LIMIT $2`,
    [idOf('alice'), reviews.length + weeksBefore.length],
  );
  for (const [index, { answers, remark, reply }] of reviews.entries()) {
    const contact = contacts[index];
    if (contact === undefined || form === undefined) continue;
    const id = mintId();
    await putCard(transaction, {
      ...{ id, contactId: contact.contactId, agentId: idOf('alice'), scorer: idOf('sofia') },
      ...{ purpose: 'review', form: form.code, version: form.version, answers, remark },
      percent: scoreOf(form.criteria, answers).percent,
      scoredAt: Math.min(now, contact.endedAt + 3_600_000),
    });
    if (reply !== null) await acknowledgeCard(transaction, id, now, reply);
  }
  for (const [index, answers] of weeksBefore.entries()) {
    const contact = contacts[reviews.length + index];
    if (contact === undefined || form === undefined || answers === null) continue;
    const id = mintId();
    const scoredAt = now - (index + 1) * weekMs;
    await putCard(transaction, {
      ...{ id, contactId: contact.contactId, agentId: idOf('alice'), scorer: idOf('sofia') },
      ...{ purpose: 'review', form: form.code, version: form.version, answers, remark: '' },
      ...{ percent: scoreOf(form.criteria, answers).percent, scoredAt },
    });
    await acknowledgeCard(transaction, id, scoredAt + 3_600_000, '');
  }
  for (const [index, text] of notes.entries()) {
    const contact = contacts[index];
    if (contact === undefined) continue;
    const { contactId } = contact;
    const id = mintId();
    const writtenAt = Math.min(now, contact.endedAt + 1_800_000);
    const who = { agentId: idOf('alice'), author: idOf('sofia') };
    await insertNote(transaction, { id, contactId, ...who, text, writtenAt });
    if (index > 0) await acknowledgeNote(transaction, id, now, 'Thank you.');
  }
};
