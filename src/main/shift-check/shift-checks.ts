import { randomUUID } from 'node:crypto';
import type { OwnShiftChecks, ShiftCheck } from '../../shared/api/shift-checks.ts';
import { isCheckOwed } from '../../shared/domain/shift-check/condition.ts';
import type { CheckMeasured } from '../../shared/domain/shift-check/measured.ts';
import { judgeCheck } from '../../shared/domain/shift-check/verdict.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { CheckOrder, CheckRun, CheckTelling } from '../../shared/ipc/shift-check.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { CheckHandlers } from '../ipc/ui-answers.ts';
import { isLive } from '../ledger/leg.ts';
import { lookAtMachine } from './machine.ts';
import { runCheck, type RunningCheck } from './run-check.ts';

/** The check that an agent makes before a shift: led from here, and known to the desk. */
export type ShiftChecks = {
  readonly handlers: CheckHandlers;
  readonly take: (telling: CheckTelling) => void;
  readonly takePhone: (phone: Pick<PhoneSnapshot, 'calls' | 'engineId'>) => void;
  readonly follow: (desk: DeskSnapshot) => void;
};

type Ports = {
  readonly store: Pick<DeskStore, 'snapshot' | 'update'>;
  readonly order: (order: CheckOrder) => boolean;
  readonly publish: (run: CheckRun) => void;
  readonly publishLevel: (peak: number) => void;
  readonly phone: () => Pick<PhoneSnapshot, 'calls' | 'engineId' | 'join' | 'devices'>;
  readonly mine: () => Promise<Result<OwnShiftChecks, Refusal>>;
  readonly ringHeard: (heard: boolean) => void;
  /** Keeps what was measured; answers as what, or null where nobody is signed in. */
  readonly keep: (measured: CheckMeasured) => { readonly id: string; readonly at: number } | null;
  /** Where the journal is. */
  readonly folder: string;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly wallNow: () => number;
  readonly monotonicMs: () => number;
};

/** A ring that was heard is believed for a shift. */
const ringProvenMs = 12 * 3_600_000;

type Known = NonNullable<DeskSnapshot['shiftCheck']>;

const glanceOf = ({ measured: _measured, ...check }: ShiftCheck): NonNullable<Known['last']> =>
  check;

export const createShiftChecks = (ports: Ports): ShiftChecks => {
  const { store } = ports;
  let running: RunningCheck | null = null;
  let engineId: string | null = null;
  let userId: string | null = null;
  let signedInAt = 0;
  let wasConnected = false;
  let known: Omit<Known, 'owed'> | null = null;

  const show = (): void => {
    const { shiftCheck: shown } = store.snapshot();
    if (known === null) {
      if ((shown ?? null) !== null) store.update({ shiftCheck: null });
      return;
    }
    const { condition, last } = known;
    const made =
      last === null ? null : { at: last.at, word: last.word, partly: last.skipped.length > 0 };
    const owed = isCheckOwed(condition, made, signedInAt, ports.now());
    const next: Known = { condition, last, owed };
    if (JSON.stringify(next) !== JSON.stringify(shown)) store.update({ shiftCheck: next });
  };

  const read = async (): Promise<void> => {
    const reader = userId;
    const answer = await ports.mine();
    if (!answer.ok || reader !== userId || userId === null) return;
    const { condition, checks } = answer.value;
    const [latest] = checks;
    const told = known?.last ?? null;
    // One that was just made is known here before it is there.
    const isOlder = latest === undefined || latest.at < (told?.at ?? 0);
    known = { condition, last: isOlder ? told : glanceOf(latest) };
    show();
  };

  const done = (measured: CheckMeasured): void => {
    const kept = ports.keep(measured);
    if (kept === null) return;
    const { word, first, skipped } = judgeCheck(measured);
    const last = { ...kept, word, first: first?.what ?? null, skipped };
    known = { condition: known?.condition ?? 'none', last };
    show();
  };

  const isRingProven = (): boolean => {
    const { ringProof } = store.snapshot().settings;
    const ringer = ports.phone().devices.inUse?.ringer?.label ?? '';
    return (
      ringProof?.heard === true &&
      ringProof.ringer === ringer &&
      Math.abs(ports.wallNow() - ringProof.at) < ringProvenMs
    );
  };

  const start = (): Result<null, Refusal> => {
    const { session } = store.snapshot();
    const { calls, join } = ports.phone();
    if (session.state !== 'signed_in') return failure({ code: 'not_signed_in', detail: '' });
    if (calls.some(isLive) || (join ?? null) !== null) {
      return failure({ code: 'call_in_progress', detail: '' });
    }
    running?.stop('stopped');
    const machine = lookAtMachine({
      folder: ports.folder,
      journalWorks: () => store.snapshot().journal.problem === null,
      clockOffMs: () =>
        store.snapshot().backend.state === 'connected'
          ? Math.round(ports.wallNow() - ports.now())
          : null,
      monotonicMs: ports.monotonicMs,
    });
    running = runCheck({
      runId: randomUUID(),
      ...{ order: ports.order, publish: ports.publish, ringHeard: ports.ringHeard },
      ...{ machine, isRingProven, done },
    });
    return success(null);
  };

  return {
    handlers: {
      'check.start': start,
      'check.say': ({ step, word }) => {
        running?.say(step, word);
        return success(null);
      },
      'check.stop': () => {
        running?.stop('stopped');
        return success(null);
      },
      'check.run': () => success(running?.view() ?? null),
    },
    take: (telling) => {
      if (telling.kind === 'level') ports.publishLevel(telling.peak);
      running?.tell(telling);
    },
    takePhone: (phone) => {
      if (phone.engineId !== engineId && engineId !== null) running?.stop('failed');
      engineId = phone.engineId;
      if (phone.calls.some(isLive)) running?.stop('call');
    },
    follow: ({ session, backend }) => {
      const user = session.state === 'signed_in' ? session.user.id : null;
      const isConnected = backend.state === 'connected';
      const isNew = user !== userId;
      if (isNew) {
        userId = user;
        known = null;
        signedInAt = ports.now();
        running?.stop('stopped');
        if (user === null) running = null;
      }
      const reads = user !== null && isConnected && (isNew || !wasConnected);
      wasConnected = isConnected;
      if (reads) void read();
      show();
    },
  };
};
