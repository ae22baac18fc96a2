import { setTimeout as wait } from 'node:timers/promises';
import type { SupervisionMode } from '../../../src/shared/domain/supervision/join.ts';
import { openRecordedCentre, type RecordedCentre } from '../consent/recorded-centre.ts';
import { seededRandom } from '../seeded-random.ts';
import { beginCall, playJoin, type HeardJoin, type JoinPlan } from './joined-call.ts';

export type JoinRun = {
  readonly joins: number;
  /** So many calls with a supervisor each, at once. */
  readonly pairs: number;
  readonly seed: number;
  readonly say: (text: string) => void;
};

export type JoinVerdict = {
  readonly joins: number;
  /** dB: the customer hears the supervisor in listen and whisper, less what it hears in barge; the loudest. */
  readonly customerHears: number;
  /** dB: the same of the agent in listen, less what it hears in whisper. */
  readonly agentHears: number;
  /** dB below full scale: what agent and customer hear of a silent call as somebody joins or leaves. */
  readonly loudest: number;
  readonly quietJoins: number;
  /** Joins of which something was heard before the chain knew of them. */
  readonly late: number;
  readonly soundAfterMs: readonly number[];
  /** What went wrong, or changed for the agent, in words. */
  readonly flaws: readonly string[];
};

/** A new call after so many joins. */
const joinsPerCall = 8;

const shuffled = <Value>(values: readonly Value[], chance: () => number): readonly Value[] =>
  values
    .map((value) => ({ value, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);

const planOf = (number: number, chance: () => number): JoinPlan => {
  const modes: readonly SupervisionMode[] = ['listen', 'whisper', 'barge'];
  const isHeld = number % 5 === 3;
  return {
    modes: [...shuffled(modes, chance), ...shuffled(modes, chance).slice(0, 1)],
    isMuted: number % 3 === 0,
    isHeld,
    // Who holds is sent no sound, and so no silence either.
    isQuiet: number % 2 === 0 && !isHeld,
  };
};

type ChainLine = { readonly at: string; readonly body: string };

/** When the chain knew of each join. */
const chained = async ({ database }: RecordedCentre): Promise<ReadonlyMap<string, number>> => {
  const lines = await database.query<ChainLine>(
    `SELECT at, body FROM chain_lines WHERE topic = 'supervision' ORDER BY seq`,
  );
  const known = new Map<string, number>();
  for (const { at, body } of lines) {
    const { joinId } = JSON.parse(body) as { readonly joinId: string };
    if (!known.has(joinId)) known.set(joinId, Number(at));
  }
  return known;
};

const largest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), -120);

/** Plays the joins, several calls at once, and compares what was heard with what is allowed. */
export const runJoinedCalls = async (run: JoinRun): Promise<JoinVerdict> => {
  const centre = await openRecordedCentre(run.pairs, run.pairs);
  try {
    const chance = seededRandom(run.seed);
    const heard: HeardJoin[] = [];
    const plans = new Map<string, JoinPlan>();
    const flaws: string[] = [];
    let begun = 0;
    const work = async (index: number): Promise<void> => {
      const [agent, supervisor] = [centre.agents[index], centre.supervisors[index]];
      if (agent === undefined || supervisor === undefined) return;
      // Ends are not all at once.
      await wait(index * 300);
      while (begun < run.joins) {
        const call = await beginCall(centre, agent, supervisor);
        await wait(300);
        for (let count = 0; count < joinsPerCall && begun < run.joins; count += 1) {
          begun += 1;
          if (begun % 20 === 0) run.say(`${String(begun)} of ${String(run.joins)} joins`);
          const plan = planOf(begun, chance);
          const join = await playJoin(call, plan);
          heard.push(join);
          plans.set(join.joinId, plan);
          flaws.push(...join.flaws.map((flaw) => `${flaw} (${JSON.stringify(plan)})`));
        }
        await call.end();
      }
    };
    await Promise.all(Array.from({ length: run.pairs }, (_, index) => work(index)));
    const known = await chained(centre);
    /** Somebody who holds hears nothing of the line, and who is held hears music. */
    const talking = heard.filter(({ joinId }) => plans.get(joinId)?.isHeld === false);
    return {
      joins: heard.length,
      customerHears: largest(
        talking.map(
          ({ supervisorAt: { listen, whisper, barge } }) =>
            Math.max(listen.customer, whisper.customer) - barge.customer,
        ),
      ),
      agentHears: largest(
        talking.map(({ supervisorAt: { listen, whisper } }) => listen.agent - whisper.agent),
      ),
      loudest: largest(heard.flatMap(({ loudest }) => loudest ?? [])),
      quietJoins: heard.filter(({ loudest }) => loudest !== null).length,
      late: heard.filter(({ joinId, firstSoundAt }) => {
        const at = known.get(joinId);
        return at === undefined || (firstSoundAt !== null && firstSoundAt < at);
      }).length,
      soundAfterMs: heard.flatMap(({ soundAfterMs }) => soundAfterMs ?? []),
      flaws,
    };
  } finally {
    await centre.stop();
  }
};
