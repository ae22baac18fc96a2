import type { ConsentWord, StandingChoice } from '../../../../shared/api/consent.ts';
import type { ContactCard } from '../../../../shared/api/records.ts';
import type { ConsentFactKind, ConsentState } from '../../../../shared/domain/consent/consent.ts';
import type { Enough } from '../../../../shared/domain/consent/enough.ts';

export type ConsentView = {
  readonly state: ConsentState;
  /** True while the backend has not confirmed what the agent recorded here. */
  readonly unconfirmed: boolean;
};

/** What the strip says: the backend's word, or the agent's own newer one while that is on its way. */
export const consentView = (
  card: Pick<ContactCard, 'consent'> | null,
  own: ConsentFactKind | null,
): ConsentView => {
  const known = card?.consent.state ?? 'not_asked';
  if (own === null || own === known) return { state: known, unconfirmed: false };
  // Asking again takes no answer back.
  if (own === 'asked' && known !== 'not_asked') return { state: known, unconfirmed: false };
  return { state: own, unconfirmed: true };
};

/** What a key or a button does; each has a text (`consent.button.<name>`). */
export type ConsentChoice = {
  readonly name:
    | 'asked'
    | 'granted'
    | 'refused'
    | 'withdrawn'
    /** The same three where telling is enough: read to the customer, told, objected. */
    | 'read'
    | 'told'
    | 'objected'
    /** What the customer said for later calls holds in this one. */
    | 'stands'
    /** What was said now is for later calls as well. */
    | 'keep';
  readonly word: ConsentWord;
};

export type ConsentSituation = {
  readonly state: ConsentState;
  readonly enough: Enough;
  /** What the customer said for later calls, the last time. */
  readonly standing: StandingChoice | null;
  /** The word that counts is kept for later calls; also where nobody knows whose it would be. */
  readonly isKept: boolean;
};

const keep = (kind: ConsentFactKind): ConsentChoice => ({
  name: 'keep',
  word: { kind, standing: true },
});

/** What may be recorded next, in the order of the buttons. */
export const consentChoices = (situation: ConsentSituation): readonly ConsentChoice[] => {
  const { state, enough, standing, isKept } = situation;
  if (enough === 'never') return [];
  const isNotice = enough === 'notice';
  const granted: ConsentChoice = { name: 'granted', word: { kind: 'granted' } };
  const asked: ConsentChoice = { name: isNotice ? 'read' : 'asked', word: { kind: 'asked' } };
  const refused: ConsentChoice = {
    name: isNotice ? 'objected' : 'refused',
    word: { kind: 'refused' },
  };
  switch (state) {
    case 'not_asked':
      if (standing?.kind === 'granted') {
        const how = standing.how === 'written_before' ? standing.how : 'voice';
        return [{ name: 'stands', word: { kind: 'granted', how, standing: true } }, asked];
      }
      // Recorded unasked: there is nothing to ask, and a customer who minds is heard all the same.
      return [enough === 'none' ? refused : asked];
    case 'asked':
      return [
        isNotice ? { name: 'told', word: { kind: 'granted', how: 'notice' } } : granted,
        refused,
      ];
    case 'granted':
      return [
        { name: 'withdrawn', word: { kind: 'withdrawn' } },
        ...(isKept ? [] : [keep('granted')]),
      ];
    case 'refused':
    case 'withdrawn':
      return [granted, ...(isKept ? [] : [keep(state)])];
  }
};
