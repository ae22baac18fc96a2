import type { LineFact } from '../../shared/api/evidence.ts';
import {
  summedUp,
  wordOfFigures,
  type LineSummary,
  type LineWord,
} from '../../shared/domain/line-quality/line-quality.ts';
import type { Levels, PhoneSnapshot } from '../../shared/ipc/phone.ts';

/** How well calls are heard: shown on the desk, told to the backend as the word changes, and kept when a call is over. */
export type LineTelling = {
  readonly takeLevels: (levels: Pick<Levels, 'line'>) => void;
  readonly takePhone: (phone: Pick<PhoneSnapshot, 'calls'>) => void;
  readonly useAgent: (agentId: string | null) => void;
};

export type LinePorts = {
  readonly show: (line: { readonly callId: string; readonly word: LineWord } | null) => void;
  /** Answers whether the backend has it. */
  readonly tell: (quality: LineWord | null) => Promise<boolean>;
  readonly write: (agentId: string, facts: readonly LineFact[]) => void;
  readonly monotonicMs: () => number;
  readonly newId: (epochMs: number) => string;
};

/** A word that could not be told is tried again with a later second, at most this often. */
const retryMs = 5_000;
/** Of a call that was over sooner nothing is worth keeping. */
const shortestSeconds = 3;

/** A tenth is more than anybody can hear. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

const roundedSummary = (summary: LineSummary): LineSummary => ({
  ...summary,
  mosMean: rounded(summary.mosMean),
  mosLowest: rounded(summary.mosLowest),
  roundTripMs: summary.roundTripMs === null ? null : rounded(summary.roundTripMs),
  jitterMs: rounded(summary.jitterMs),
  lossPercent: rounded(summary.lossPercent),
  concealedPercent: rounded(summary.concealedPercent),
  sentLossPercent: summary.sentLossPercent === null ? null : rounded(summary.sentLossPercent),
});

export const createLineTelling = (ports: LinePorts): LineTelling => {
  const summaries = new Map<string, LineSummary>();
  let agentId: string | null = null;
  let shown: { readonly callId: string; readonly word: LineWord } | null = null;
  let told: LineWord | null = null;
  let telling = false;
  let triedAt = -Infinity;

  const tell = (): void => {
    const word = shown?.word ?? null;
    if (agentId === null || word === told || telling) return;
    if (ports.monotonicMs() - triedAt < retryMs) return;
    telling = true;
    void ports.tell(word).then((done) => {
      telling = false;
      triedAt = done ? -Infinity : ports.monotonicMs();
      if (!done) return;
      told = word;
      tell();
    });
  };

  const show = (line: typeof shown): void => {
    if (line?.callId === shown?.callId && line?.word === shown?.word) return;
    shown = line;
    ports.show(line);
  };

  return {
    takeLevels: ({ line }) => {
      if (line === undefined || agentId === null) return;
      const { callId, word, figures } = line;
      summaries.set(
        callId,
        summedUp(summaries.get(callId) ?? null, figures, wordOfFigures(figures)),
      );
      if (word !== null) show({ callId, word });
      tell();
    },
    takePhone: ({ calls }) => {
      if (summaries.size === 0 && shown === null) return;
      for (const call of calls) {
        const summary = summaries.get(call.callId);
        if (call.state !== 'ended' || summary === undefined) continue;
        summaries.delete(call.callId);
        if (agentId === null || summary.seconds < shortestSeconds) continue;
        const { callId, callKey, endedAt: at } = call;
        const id = ports.newId(at);
        ports.write(agentId, [
          { kind: 'line', id, callId, callKey, at, ...roundedSummary(summary) },
        ]);
      }
      const goesOn = calls.some(
        ({ callId, state }) => callId === shown?.callId && state === 'connected',
      );
      if (goesOn) return;
      show(null);
      tell();
    },
    useAgent: (id) => {
      agentId = id;
      told = null;
      summaries.clear();
      show(null);
    },
  };
};
