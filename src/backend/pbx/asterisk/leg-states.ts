import type { CallKey } from '../pbx.ts';

/** What was told of each agent's leg of a call, so that a second line of the same agent tells nothing anew. */
export type LegStates = {
  /** False: the leg was there. */
  readonly begin: (callKey: CallKey, extension: string, isAlone: boolean) => boolean;
  /** False: it was answered before. */
  readonly answer: (callKey: CallKey, extension: string) => boolean;
  /** Whether the agent has no line to the customer, only to a colleague; false: nothing new. */
  readonly setAlone: (callKey: CallKey, extension: string, isAlone: boolean) => boolean;
  /** The phone said that it rings. */
  readonly ring: (callKey: CallKey, extension: string) => void;
  /** Whether the leg was ever answered, and whether it rang. */
  readonly end: (
    callKey: CallKey,
    extension: string,
  ) => { readonly answered: boolean; readonly rang: boolean };
};

export const createLegStates = (): LegStates => {
  const legs = new Map<string, { isAnswered: boolean; isAlone: boolean; rang: boolean }>();
  const nameOf = (callKey: CallKey, extension: string): string => `${extension} ${callKey}`;
  return {
    begin: (callKey, extension, isAlone) => {
      const name = nameOf(callKey, extension);
      if (legs.has(name)) return false;
      legs.set(name, { isAnswered: false, isAlone, rang: false });
      return true;
    },
    answer: (callKey, extension) => {
      const leg = legs.get(nameOf(callKey, extension));
      if (leg === undefined || leg.isAnswered) return false;
      leg.isAnswered = true;
      return true;
    },
    setAlone: (callKey, extension, isAlone) => {
      const leg = legs.get(nameOf(callKey, extension));
      if (leg === undefined || leg.isAlone === isAlone) return false;
      leg.isAlone = isAlone;
      return true;
    },
    ring: (callKey, extension) => {
      const leg = legs.get(nameOf(callKey, extension));
      if (leg !== undefined) leg.rang = true;
    },
    end: (callKey, extension) => {
      const name = nameOf(callKey, extension);
      const { isAnswered = false, rang = false } = legs.get(name) ?? {};
      legs.delete(name);
      return { answered: isAnswered, rang };
    },
  };
};
