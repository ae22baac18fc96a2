import type { ConsentWord } from '../../shared/api/consent.ts';
import type { ConsentFact } from '../../shared/domain/consent/consent.ts';
import type { LedgerFact } from '../../shared/domain/handle-time/fact.ts';

/** The fact of a word that the agent heard, with all that is known of it here. */
export const consentFactOf = (
  word: ConsentWord,
  said: Pick<ConsentFact, 'id' | 'callId' | 'callKey' | 'at'>,
  leg: readonly LedgerFact[],
  ruleVersion: string | null,
): ConsentFact => {
  const answeredAt = leg.find((fact) => fact.kind === 'answered')?.at;
  const { kind, how = 'voice', wordingVersion, language, standing, enforced } = word;
  return {
    ...said,
    kind,
    how,
    by: 'agent',
    ...(ruleVersion === null ? {} : { ruleVersion }),
    ...(wordingVersion === undefined ? {} : { wordingVersion }),
    ...(language === undefined ? {} : { language }),
    ...(answeredAt === undefined
      ? {}
      : { offsetMs: Math.max(0, Math.round(said.at - answeredAt)) }),
    ...(standing === undefined ? {} : { standing }),
    ...(enforced === undefined ? {} : { enforced }),
  };
};
