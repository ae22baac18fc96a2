import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { runJoinedCalls } from '../../support/supervision/joined-calls.ts';

const plans = { full: { joins: 200, pairs: 4 }, quick: { joins: 12, pairs: 3 } } as const;

/** Real calls with tones at each end, joined by supervisors through all modes: who hears whom, and what it changes. */
export const measureJoins: Measure = async ({ quick }) => {
  const verdict = await runJoinedCalls({
    ...plans[quick ? 'quick' : 'full'],
    seed: 6_001,
    say: progress,
  });
  for (const flaw of verdict.flaws) progress(flaw);
  const { joins, quietJoins } = verdict;
  return [
    figureOf(
      'supervisor in listen and whisper at the customer, less barge',
      verdict.customerHears,
      'dB',
      joins,
      { atMost: -60 },
    ),
    figureOf('supervisor in listen at the agent, less whisper', verdict.agentHears, 'dB', joins, {
      atMost: -60,
    }),
    figureOf(
      'silent call as somebody joins or leaves, below full scale',
      verdict.loudest,
      'dB',
      quietJoins,
      { atMost: -60 },
    ),
    figureOf('joins heard before the chain knew of them', verdict.late, '', joins, { exactly: 0 }),
    figureOf(
      'changes of mute or hold, requests to the phone, failures',
      verdict.flaws.length,
      '',
      joins,
      { exactly: 0 },
    ),
  ];
};
