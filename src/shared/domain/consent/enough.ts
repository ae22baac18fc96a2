import type { RecordingPolicy } from './recording-decision.ts';
import type { Need } from './rule.ts';

/** What has to happen before a call is recorded; `never`: nothing is enough. */
export type Enough = Need | 'never';

/** By the rule of the parties and how the queue wants its calls recorded; what nobody knows asks for consent. */
export const enoughFor = (need: Need | undefined, policy: RecordingPolicy | undefined): Enough => {
  switch (policy) {
    case 'never':
      return 'never';
    case 'when_rule_allows':
      return need ?? 'consent';
    case 'on_consent':
    case undefined:
      return 'consent';
  }
};
