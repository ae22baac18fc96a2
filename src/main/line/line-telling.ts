import type { LineFact } from '../../shared/api/evidence.ts';
import type { CallNote } from '../../shared/domain/line-quality/call-notes.ts';
import type { LineWord } from '../../shared/domain/line-quality/line-quality.ts';
import {
  nextWarning,
  noWarning,
  retoldWarning,
  warningOfSecond,
  type LineWarning,
} from '../../shared/domain/line-quality/line-warning.ts';
import { isLineBad } from '../../shared/domain/line-quality/verdict.ts';
import type { Levels, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { keptOf, noAccount, noted, withReading, type LineAccount } from './line-account.ts';

/** How well calls are heard: shown on the desk, told to the backend as the word changes, and kept when a call is over. */
export type LineTelling = {
  readonly takeLevels: (levels: Pick<Levels, 'line'>) => void;
  /** Something happened to the sound of this call. */
  readonly takeNote: (callId: string, note: CallNote) => void;
  readonly takePhone: (phone: Pick<PhoneSnapshot, 'calls'>) => void;
  readonly useAgent: (agentId: string | null) => void;
  /** Whether the call that ended last was heard badly over its line. */
  readonly wasBad: () => boolean;
};

/** What the desk shows of the line now. */
export type ShownLine = {
  readonly callId: string;
  readonly word: LineWord;
  readonly warning?: LineWarning;
};

export type LinePorts = {
  readonly show: (line: ShownLine | null) => void;
  /** Answers whether the backend has it. */
  readonly tell: (quality: LineWord | null) => Promise<boolean>;
  readonly write: (agentId: string, facts: readonly LineFact[]) => void;
  readonly monotonicMs: () => number;
  readonly newId: (epochMs: number) => string;
};

/** A word that could not be told is tried again with a later second, at most this often. */
const retryMs = 5_000;

export const createLineTelling = (ports: LinePorts): LineTelling => {
  const accounts = new Map<string, LineAccount>();
  let agentId: string | null = null;
  let shown: ShownLine | null = null;
  let warned = { callId: '', ...noWarning };
  let told: LineWord | null = null;
  let telling = false;
  let triedAt = -Infinity;
  let wasBad = false;

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
    const isSame = line?.callId === shown?.callId && line?.word === shown?.word;
    if (isSame && line?.warning === shown?.warning) return;
    shown = line;
    ports.show(line);
  };

  return {
    takeLevels: ({ line }) => {
      if (line === undefined || agentId === null) return;
      const { callId, word, figures, desk, sentSeconds } = line;
      accounts.set(callId, withReading(accounts.get(callId) ?? noAccount, line));
      const now = warningOfSecond(figures, desk ?? null);
      const before = warned.callId === callId ? warned : noWarning;
      const known = retoldWarning(before, now, (sentSeconds ?? 1) - 1);
      warned = { callId, ...nextWarning(known, now, word) };
      const { warning } = warned;
      if (word !== null) show({ callId, word, ...(warning === null ? {} : { warning }) });
      tell();
    },
    takeNote: (callId, note) => {
      if (agentId !== null) accounts.set(callId, noted(accounts.get(callId) ?? noAccount, note));
    },
    takePhone: ({ calls }) => {
      if (accounts.size === 0 && shown === null) return;
      for (const call of calls) {
        const account = accounts.get(call.callId);
        if (call.state !== 'ended' || account === undefined) continue;
        accounts.delete(call.callId);
        wasBad = isLineBad(account.line);
        const kept = keptOf(account);
        if (agentId === null || kept === null) continue;
        const { callId, callKey, endedAt: at } = call;
        ports.write(agentId, [{ kind: 'line', id: ports.newId(at), callId, callKey, at, ...kept }]);
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
      accounts.clear();
      wasBad = false;
      show(null);
    },
    wasBad: () => wasBad,
  };
};
