import { createHash } from 'node:crypto';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import { uuidV7 } from '../../../shared/uuid-v7.ts';
import type { PbxEvent } from '../../pbx/pbx.ts';

export type KeypadAnswer = Extract<PbxEvent, { readonly kind: 'keypad_answered' }>;

/** The same for the same answer, however often the PBX tells of it. */
const idOf = ({ callKey, reference }: KeypadAnswer, kind: ConsentFact['kind']): string =>
  uuidV7(
    Number(reference),
    createHash('sha256').update(`${callKey} ${reference} ${kind}`).digest(),
  );

/** What a caller said by keypad, as facts. No agent had a part in it: the contact itself stands for the leg. */
export const keypadFacts = (
  answer: KeypadAnswer,
  contact: { readonly id: string; readonly startedAt: number },
): readonly ConsentFact[] => {
  const { prompt, callKey } = answer;
  const fact = (
    kind: ConsentFact['kind'],
    at: number,
    how: NonNullable<ConsentFact['how']>,
  ): ConsentFact => ({
    id: idOf(answer, kind),
    callId: contact.id,
    callKey,
    at,
    kind,
    how,
    by: 'customer',
    language: prompt.language,
    offsetMs: Math.max(0, Math.round(at - contact.startedAt)),
    ...(prompt.wordingVersion === '' ? {} : { wordingVersion: prompt.wordingVersion }),
    ...(prompt.ruleVersion === '' ? {} : { ruleVersion: prompt.ruleVersion }),
  });
  if (answer.answer === 'told') return [fact('granted', answer.at, 'notice')];
  const said = fact(answer.answer, answer.at, 'keypad');
  return prompt.kind === 'consent' ? [fact('asked', answer.promptedAt, 'keypad'), said] : [said];
};
