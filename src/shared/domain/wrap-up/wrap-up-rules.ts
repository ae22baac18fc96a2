/**
 * How a queue wants its wrap-ups. `timed`: ends by itself after some seconds, or earlier when the agent says so;
 * `timed_no_early_exit`: not earlier; `agent_extendable`: timed, and the agent may take more time.
 */
export const wrapUpModes = [
  'optional',
  'required',
  'timed',
  'timed_no_early_exit',
  'agent_extendable',
] as const;
export type WrapUpMode = (typeof wrapUpModes)[number];

/** Something that a queue wants to know beside code and notes. */
export type FieldRule = {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'choice';
  readonly required: boolean;
  readonly maxLength: number;
  /** For `choice`. */
  readonly choices: readonly { readonly value: string }[];
};

export type WrapUpRules = {
  readonly mode: WrapUpMode;
  /** For the timed modes: how long the wrap-up lasts. */
  readonly seconds: number;
  readonly extendSeconds: number;
  readonly maximumExtensions: number;
  readonly maximumCodes: number;
  /** Stands where the time ran out and nothing was chosen. */
  readonly defaultCode: string | null;
  readonly fields: readonly FieldRule[];
};

/** For calls without a queue, and for queues that say nothing. */
export const usualRules: WrapUpRules = {
  mode: 'required',
  seconds: 0,
  extendSeconds: 0,
  maximumExtensions: 0,
  maximumCodes: 1,
  defaultCode: null,
  fields: [],
};

/** How long before its end a timed wrap-up warns. */
export const warningMs = 10_000;

export const isTimed = ({ mode }: Pick<WrapUpRules, 'mode'>): boolean =>
  mode !== 'optional' && mode !== 'required';

/** The rules of a queue, out of all that differ from the usual ones. */
export const rulesFor = <Rules extends WrapUpRules & { readonly queue: string }>(
  rules: readonly Rules[],
  queue: string | null,
): Rules | WrapUpRules => rules.find((each) => each.queue === queue) ?? usualRules;
