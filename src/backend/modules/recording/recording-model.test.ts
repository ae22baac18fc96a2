import { expect, test } from 'vitest';
import type { RecordingDecision } from '../../../shared/domain/consent/recording-decision.ts';
import { recordingStep, type RecordingStep } from './recording-step.ts';

/**
 * Every state that a call can come into, with every fault at every command: what is wanted changes, agents come and go,
 * the PBX is unreachable, refuses, answers too late or dies, the database is away, the backend dies and comes back. The
 * steps are those of recording-machine.ts and recording-service.ts, one command at a time.
 */
type Agent = 'a' | 'b';
type Work = {
  readonly step: Exclude<RecordingStep, 'nothing'>;
  readonly at: number;
  readonly who: Agent;
};
type State = {
  readonly wanted: RecordingDecision['do'];
  /** The agents who have the customer. */
  readonly legs: string;
  readonly isReachable: boolean;
  /** What the PBX records. */
  readonly sound: { readonly who: Agent; readonly isSilent: boolean } | null;
  /** What the database says. */
  readonly row: { readonly state: 'starting' | 'recording' | 'paused'; readonly who: Agent } | null;
  readonly isSure: boolean;
  readonly isUp: boolean;
  /** The call is to be looked at. */
  readonly isDue: boolean;
  /** What the PBX records is to be asked first: it came back, or did not answer. */
  readonly isUnaligned: boolean;
  readonly work: Work | null;
  /** The backend died, and what stops its recordings has not done so yet. */
  readonly guardIsDue: boolean;
};

const start: State = {
  wanted: 'off',
  legs: '',
  isReachable: true,
  sound: null,
  row: null,
  isSure: true,
  isUp: true,
  isDue: false,
  isUnaligned: false,
  work: null,
  guardIsDue: false,
};

const decisionOf = ({ wanted, legs }: State): RecordingDecision => {
  if (wanted === 'off' || legs === '') return { do: 'off', why: 'refused' };
  return wanted === 'pause' ? { do: 'pause', why: 'payment' } : { do: 'record' };
};

const isAudible = ({ sound }: State): boolean => sound?.isSilent === false;
const isAllowed = (state: State): boolean =>
  decisionOf(state).do === 'record' && state.sound !== null && state.legs.includes(state.sound.who);

/** The world turns; the backend hears of it at once, or when it can reach the PBX again. */
const heard = (state: State): State => (state.isUp ? { ...state, isDue: true } : state);
const withLegs = (state: State, legs: string): State => {
  const goesOn = state.sound !== null && legs.includes(state.sound.who);
  const hasEnded = state.sound !== null && !goesOn;
  const isUnaligned = state.isUnaligned || (hasEnded && state.isUp);
  return heard({ ...state, legs, isUnaligned, sound: goesOn ? state.sound : null });
};

const events = (state: State): readonly State[] => [
  ...(['record', 'pause', 'off'] as const)
    .filter((wanted) => wanted !== state.wanted)
    .map((wanted) => heard({ ...state, wanted })),
  ...['', 'a', 'b', 'ab']
    .filter((legs) => legs !== state.legs)
    .map((legs) => withLegs(state, legs)),
  // The PBX is cut off, or dies with all its calls; back again, it is asked.
  ...(state.isReachable
    ? [
        { ...state, isReachable: false },
        { ...withLegs(state, ''), isReachable: false },
      ]
    : [{ ...heard(state), isReachable: true, isUnaligned: state.isUp }]),
  state.isUp
    ? {
        ...state,
        ...{ isUp: false, isDue: false, isUnaligned: false, isSure: true, work: null },
        guardIsDue: true,
      }
    : { ...state, isUp: true, isDue: true, isUnaligned: true },
];

type Answered = { readonly state: State; readonly answer: 'ok' | 'gone' | 'refused' | 'away' };

/** Every way in which a command may end: done, refused, not reached, and done without anybody hearing of it. */
const command = (state: State, sound: State['sound'], needsSound: boolean): readonly Answered[] => {
  if (!state.isReachable) return [{ state, answer: 'away' }];
  if (needsSound && state.sound === null) return [{ state, answer: 'gone' }];
  const done = { ...state, sound };
  return [
    { state: done, answer: 'ok' },
    { state: done, answer: 'away' },
    { state, answer: 'away' },
    { state, answer: 'refused' },
  ];
};

const idle = (state: State, isDue: boolean): State => ({
  ...state,
  work: null,
  isDue: state.isDue || isDue,
});
const later = (state: State): State => ({ ...idle(state, false), isUnaligned: true });
const next = (state: State, work: Work): State => ({
  ...state,
  work: { ...work, at: work.at + 1 },
});
/** A statement that fails: the call is stopped unjudged as far as the PBX can be reached, and looked at again. */
const orAway = (before: State, after: State): readonly State[] => [
  after,
  ...command(before, null, true).map(({ state }) => later(state)),
];
const stopping = (state: State, { who }: Work): State => ({
  ...state,
  work: { step: 'stop', at: 0, who },
});

const starting = (state: State, work: Work): readonly State[] => {
  const { who } = work;
  if (work.at === 0) {
    if (state.row !== null) return [idle(state, false)];
    return orAway(state, next({ ...state, row: { state: 'starting', who } }, work));
  }
  if (work.at === 1) {
    const canRecord = state.legs.includes(who) && state.sound === null;
    return command(state, canRecord ? { who, isSilent: false } : state.sound, false).flatMap(
      ({ state: after, answer }) => {
        if (answer === 'ok' && canRecord) return [next(after, work)];
        const failed = { ...after, row: null };
        return orAway(after, answer === 'away' ? later(failed) : idle(failed, false));
      },
    );
  }
  const begun =
    state.row === null ? state : { ...state, row: { state: 'recording', who } as const };
  return orAway(state, idle({ ...begun, isSure: true }, true));
};

const silencing = (state: State, work: Work): readonly State[] => {
  if (work.at === 0) {
    const silent = state.sound === null ? null : { ...state.sound, isSilent: true };
    return command(state, silent, true).map(({ state: after, answer }) =>
      answer === 'ok' ? next(after, work) : stopping(after, work),
    );
  }
  const row = state.row === null ? null : ({ ...state.row, state: 'paused' } as const);
  return orAway(state, idle({ ...state, row, isSure: true }, true));
};

const resuming = (state: State, work: Work): readonly State[] => {
  if (work.at === 0) {
    const row = state.row === null ? null : ({ ...state.row, state: 'recording' } as const);
    return orAway(state, next({ ...state, row, isSure: false }, work));
  }
  const heardAgain = state.sound === null ? null : { ...state.sound, isSilent: false };
  return command(state, heardAgain, true).map(({ state: after, answer }) =>
    answer === 'ok' ? idle({ ...after, isSure: true }, true) : stopping(after, work),
  );
};

const ending = (state: State, work: Work): readonly State[] => {
  if (work.at > 0) return orAway(state, idle({ ...state, row: null, isSure: true }, true));
  return command(state, null, true).map(({ state: after, answer }) =>
    answer === 'ok' || answer === 'gone' ? next(after, work) : later(after),
  );
};

const goOn = { start: starting, pause: silencing, resume: resuming, stop: ending } as const;

const align = (state: State): readonly State[] => {
  if (!state.isReachable) return [];
  const known = { ...state, isUnaligned: false, isDue: true };
  if (state.row === null && state.sound !== null)
    return command(state, null, true).map(({ state: after, answer }) =>
      answer === 'ok' ? { ...after, isUnaligned: false, isDue: true } : after,
    );
  if (state.row === null) return [known];
  if (state.sound === null) return orAway(state, { ...known, row: null, isSure: true });
  const row =
    state.row.state === 'starting' ? { ...state.row, state: 'recording' as const } : state.row;
  return orAway(state, { ...known, row, isSure: false });
};

const decide = (state: State): State => {
  const { row, legs, isSure } = state;
  const isWithAgent = row !== null && legs.includes(row.who);
  const step = recordingStep(
    decisionOf(state),
    row === null ? null : { state: row.state, isWithAgent, isSure },
  );
  const looked = { ...state, isDue: false };
  if (step === 'nothing') return looked;
  const who = row?.who ?? (legs.startsWith('a') ? 'a' : 'b');
  return { ...looked, work: { step, at: 0, who } };
};

/** What the backend, or what is left of it, does next. */
const deeds = (state: State): readonly State[] => {
  const guarded =
    state.guardIsDue && state.isReachable
      ? [{ ...state, sound: null, guardIsDue: false, isUnaligned: state.isUp }]
      : [];
  if (!state.isUp) return guarded;
  const { work } = state;
  if (work !== null) return [...guarded, ...goOn[work.step](state, work)];
  if (state.isUnaligned) return [...guarded, ...align(state)];
  return [...guarded, ...(state.isDue ? [decide(state)] : [])];
};

const everyState = (): readonly State[] => {
  const seen = new Map<string, State>([[JSON.stringify(start), start]]);
  // A map goes through what is added meanwhile.
  for (const state of seen.values())
    for (const following of [...events(state), ...deeds(state)]) {
      const name = JSON.stringify(following);
      if (!seen.has(name)) seen.set(name, following);
    }
  return [...seen.values()];
};

const states = everyState();

/** From the worst of them: a silence that fails, a stop, and a start. */
const mostSteps = 18;

test('the states are many, and recording is among them', () => {
  expect(states.length).toBeGreaterThan(1_000);
  expect(states.some((state) => isAudible(state) && isAllowed(state))).toBe(true);
});

test('nothing is heard that is not decided, unless the next deed is about to end it', () => {
  const wrong = states.filter(
    (state) =>
      isAudible(state) &&
      !isAllowed(state) &&
      (state.isUp ? deeds(state).length === 0 && state.isReachable : !state.guardIsDue),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
});

test('left alone, the backend ends what is not decided within a few commands', () => {
  for (const state of states) {
    if (!state.isReachable) continue;
    let current = state;
    let steps = 0;
    for (; steps < mostSteps; steps += 1) {
      // The first way is the one without a fault.
      const [following] = deeds(current);
      if (following === undefined) break;
      current = following;
    }
    expect(steps, JSON.stringify(state)).toBeLessThan(mostSteps);
    if (isAudible(current) && !isAllowed(current))
      throw new Error(JSON.stringify([state, current]));
    if (!current.isUp) continue;
    if (decisionOf(current).do === 'off') expect(current.sound).toBeNull();
    // What the database says is so, and what is recorded is so as decided.
    expect(current.row === null, JSON.stringify(state)).toBe(current.sound === null);
    if (current.row !== null) expect(isAudible(current)).toBe(decisionOf(current).do === 'record');
  }
});

test('what is told as silent is silent', () => {
  expect(states.filter((state) => state.row?.state === 'paused' && isAudible(state))).toEqual([]);
});

test('a dead backend records nothing once its guard was there', () => {
  const wrong = states.filter(
    ({ isUp, guardIsDue, sound }) => !isUp && !guardIsDue && sound !== null,
  );
  expect(wrong).toEqual([]);
});
