import { joinsPageSchema, joinViewSchema, type JoinView } from '../../shared/api/supervision.ts';
import {
  heardBy,
  mayOpenMicrophone,
  type SupervisionMode,
} from '../../shared/domain/supervision/join.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { JoinOrder } from '../../shared/ipc/supervision.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import { showJoin } from './shown-joins.ts';

const log = createLogger('supervision');

/** The PBX answers within 5 s, and what it is asked for waits for the phone. */
const joinTimeoutMs = 12_000;
/** The phone leaves by itself when nobody answers for so long. */
const leaveTimeoutMs = 1_500;

type JoinRequest = Extract<keyof UiHandlers, `supervision.${string}`>;

export type Joining = {
  readonly handlers: Pick<UiHandlers, JoinRequest>;
  /** The desk or the phone changed. */
  readonly follow: () => void;
  /** The phone's process is gone, and the line with it. */
  readonly engineLost: () => void;
  /** The program ends. */
  readonly stop: () => Promise<void>;
};

type Ports = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request'>;
  readonly phone: () => Pick<PhoneSnapshot, 'calls' | 'join'>;
  readonly orderEngine: (order: JoinOrder) => void;
  readonly newId: () => string;
};

const silentOrder: JoinOrder = { joinId: null, microphoneOpen: false, takeOver: null };

/**
 * The supervisor's own part in a join. The phone is told of a join before the backend is, takes no other, and its
 * microphone is open only while a mode that somebody hears is confirmed, the line to the backend stands, and nothing
 * less was asked for since.
 */
export const createJoining = ({ store, session, phone, orderEngine, newId }: Ports): Joining => {
  /** The join that this phone was told of. */
  let mine: string | null = null;
  let wanted: SupervisionMode | null = null;
  let takeOver: string | null = null;
  let hadLine = false;
  /** The join that was left last. */
  let gone: string | null = null;
  /** The join whose end was told last. */
  let over: string | null = null;
  let told = silentOrder;

  const own = (): JoinView | null => {
    const join = store.snapshot().join ?? null;
    return join !== null && join.joinId === mine && mine !== gone ? join : null;
  };

  const isOpen = (): boolean => {
    const join = own();
    const isThere = store.snapshot().backend.state === 'connected';
    if (join === null || !isThere) return false;
    return mayOpenMicrophone(join) && heardBy[wanted ?? join.mode] >= heardBy[join.mode];
  };

  const order = (): void => {
    const next: JoinOrder = { joinId: mine, microphoneOpen: isOpen(), takeOver };
    if (JSON.stringify(next) === JSON.stringify(told)) return;
    told = next;
    orderEngine(next);
  };

  const leaveAtBackend = async (joinId: string): Promise<Result<null, Refusal>> => {
    const path = `/supervision/${joinId}`;
    const timeoutMs = leaveTimeoutMs;
    const answer = await session.request({ method: 'DELETE', path, answer: null, timeoutMs });
    if (!answer.ok) log.warn('The backend was not told of the leaving', { why: answer.why.detail });
    return answer;
  };

  /**
   * The microphone first: whoever leaves is heard by nobody from here on. Then the backend, so that the ledger knows who
   * ended it; the phone's line goes with that, and at the latest once it was answered.
   */
  const leave = async (): Promise<Result<null, Refusal>> => {
    const left = mine ?? store.snapshot().join?.joinId ?? null;
    if (left === null) return success(null);
    gone = left;
    hadLine = false;
    order();
    store.update({ join: null });
    const answer = await leaveAtBackend(left);
    if (mine === left) mine = wanted = null;
    order();
    return answer;
  };

  const follow = (): void => {
    const { session: view, join } = store.snapshot();
    if (own()?.state === 'ended') over = mine;
    if (mine !== null && (view.state !== 'signed_in' || own()?.state === 'ended')) {
      mine = wanted = null;
      hadLine = false;
    }
    // A line of this supervisor that this phone knows nothing of: of a program that died, or of another machine.
    if (join && join.state !== 'ended' && mine === null && join.joinId !== gone) {
      store.update({ join: null });
      leaveAtBackend(join.joinId).catch((error: unknown) => {
        log.error('Leaving failed', { why: reasonOf(error) });
      });
    }
    const line = phone().join;
    if (line?.joinId === mine && mine !== gone) hadLine = true;
    else if (hadLine && mine !== null) {
      hadLine = false;
      log.info('The line of a join ended');
      leave().catch((error: unknown) => log.error('Leaving failed', { why: reasonOf(error) }));
    }
    if (takeOver !== null) {
      const taken = phone().calls.find(({ callKey }) => callKey === takeOver);
      if (taken !== undefined && taken.state !== 'offered') takeOver = null;
    }
    order();
  };
  store.subscribe(follow);

  const isTalking = (): boolean =>
    phone().calls.some(({ state }) => state !== 'offered' && state !== 'ended');

  const handlers: Joining['handlers'] = {
    'supervision.join': async (given) => {
      if (isTalking()) return failure({ code: 'call_in_progress', detail: '' });
      if (own() !== null) await leave();
      const joinId = newId();
      mine = joinId;
      wanted = takeOver = null;
      hadLine = false;
      order();
      const answer = await session.request({
        ...{ method: 'POST', path: '/supervision', body: { ...given, joinId } },
        ...{ answer: joinViewSchema, timeoutMs: joinTimeoutMs },
      });
      if (answer.ok) {
        showJoin(store, answer.value);
        return success(null);
      }
      if (mine === joinId) await leave();
      // Why it ended the desk shows already.
      return over === joinId ? success(null) : answer;
    },
    'supervision.mode': async ({ mode }) => {
      const join = own();
      if (join === null) return failure({ code: 'conflict', detail: '' });
      wanted = mode;
      order();
      const path = `/supervision/${join.joinId}`;
      const answer = await session.request({
        ...{ method: 'PUT', path, body: { mode }, answer: joinViewSchema },
      });
      // What was asked for less and not confirmed leaves the microphone closed.
      if (!answer.ok) {
        if (heardBy[mode] >= heardBy[join.mode]) wanted = null;
        order();
        return answer;
      }
      if (wanted === mode) wanted = null;
      showJoin(store, answer.value);
      order();
      return success(null);
    },
    'supervision.leave': leave,
    'supervision.takeOver': async () => {
      const join = own();
      if (join === null) return failure({ code: 'conflict', detail: '' });
      takeOver = join.callKey;
      wanted = 'listen';
      order();
      const path = `/supervision/${join.joinId}/take-over`;
      const answer = await session.request({ method: 'POST', path, body: {}, answer: null });
      if (answer.ok) return success(null);
      takeOver = wanted = null;
      order();
      return answer;
    },
    'supervision.dismiss': () => {
      if (store.snapshot().join?.state === 'ended') store.update({ join: null });
      return success(null);
    },
    'supervision.ofContact': async ({ contactId }) => {
      const path = `/supervision?contactId=${contactId}`;
      const answer = await session.request({ method: 'GET', path, answer: joinsPageSchema });
      return answer.ok ? success(answer.value.joins) : answer;
    },
  };

  return {
    handlers,
    follow,
    engineLost: () => {
      told = silentOrder;
      if (mine !== null) {
        leave().catch((error: unknown) => log.error('Leaving failed', { why: reasonOf(error) }));
      }
    },
    stop: async () => {
      if (mine !== null) await leave();
    },
  };
};
