import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { runRecordedCalls } from '../../support/consent/recorded-calls.ts';

const plans = {
  full: { calls: 500, agents: 6, backendDiesEvery: 23, pbxDiesEvery: 101 },
  quick: { calls: 24, agents: 4, backendDiesEvery: 9, pbxDiesEvery: 20 },
} as const;

/** Real calls with consent, refusal, withdrawal, pauses, transfers and deaths by chance: what is on disk is what was allowed. */
export const measureRecordedCalls: Measure = async ({ quick }) => {
  const verdict = await runRecordedCalls({
    ...plans[quick ? 'quick' : 'full'],
    seed: 5_001,
    say: progress,
  });
  for (const flaw of verdict.flaws) progress(flaw);
  const { calls, recordings, transfers, backendKills, pbxKills, withdrawals, pauses } = verdict;
  progress(
    `${String(recordings)} recordings, ${String(transfers)} transfers, the backend died ${String(backendKills)} times and the PBX ${String(pbxKills)}`,
  );
  return [
    figureOf('longest stretch recorded without leave', verdict.longestOverrun, 's', calls, {
      atMost: 0.3,
    }),
    figureOf('slowest stop after a withdrawal', verdict.slowestStop / 1_000, 's', withdrawals, {
      atMost: 2,
    }),
    figureOf(
      'most of a call that was allowed and is missing',
      verdict.largestShortage,
      's',
      calls,
      {
        atMost: 0.3,
      },
    ),
    figureOf(
      'most of a pause that is not zero in both channels',
      verdict.largestSound,
      's',
      pauses,
      {
        atMost: 0.1,
      },
    ),
    figureOf('recordings and calls that went wrong', verdict.flaws.length, '', recordings, {
      exactly: 0,
    }),
  ];
};
