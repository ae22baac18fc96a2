import { pauseAnswerSchema } from '../../shared/api/payment.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import type { PaymentStep } from '../../shared/domain/payment/payment-pause.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { PaymentStepView } from '../../shared/ipc/payment.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { isLive } from '../ledger/leg.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('payment');
/** A backend that is away is asked again so soon: a card waits for it. */
const retryMs = 1_000;
/** Longer than the backend takes to say whether it is silent. */
const timeoutMs = 8_000;

type Ports = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request' | 'userId'>;
  readonly calls: () => readonly Call[];
  readonly newId: () => string;
};

/** A step that was opened here, until the backend knows that it is closed. */
type Step = {
  readonly pauseId: string;
  readonly callId: string;
  readonly callKey: string;
  readonly step: PaymentStep;
  state: PaymentStepView['state'];
  /** A request is on its way, or about to be tried again. */
  busy: boolean;
};

export type PaymentSteps = {
  readonly handlers: Pick<UiHandlers, Extract<keyof UiHandlers, `payment.${string}`>>;
  /** The phone's calls changed: what is over owes no silence. */
  readonly follow: () => void;
  /** While a card is taken in this call. */
  readonly isOpen: (callId: string) => boolean;
  /** A page where cards are taken was opened: for the call that is heard. */
  readonly pageOpened: () => void;
  readonly stop: () => void;
};

const isHeard = (call: Call): boolean =>
  call.state === 'connected' && call.hold !== 'local' && call.hold !== 'both';

/** Has the backend silence the recording, and never takes it for silent: the contact's card says so. */
export const createPaymentSteps = (ports: Ports): PaymentSteps => {
  const { store, session, calls, newId } = ports;
  const steps = new Map<string, Step>();
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const show = (): void => {
    store.update({
      paymentSteps: [...steps.values()].map(({ callId, step, state }) => ({ callId, step, state })),
    });
  };

  const forget = ({ pauseId }: Step): void => {
    if (steps.delete(pauseId)) show();
  };

  const again = (step: Step): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      step.busy = false;
      settle(step);
    }, retryMs);
    timers.add(timer);
  };

  const open = async (step: Step): Promise<void> => {
    const { pauseId, callKey } = step;
    const body = { pauseId, callKey, step: step.step };
    const path = '/payment-pauses';
    const answer = await session.request({
      ...{ method: 'POST', path, body, timeoutMs },
      answer: pauseAnswerSchema,
    });
    // Closed while it was on its way.
    const isClosing = step.state === 'closing';
    if (answer.ok) {
      if (!isClosing) step.state = 'open';
      step.busy = false;
      show();
      if (isClosing) settle(step);
      return;
    }
    if (isClosing) {
      // Whether it was opened is not known: said to be closed, it is.
      step.busy = false;
      settle(step);
      return;
    }
    log.warn('A recording may not be silent', { callKey, why: answer.why.code });
    step.state = 'failed';
    show();
    again(step);
  };

  const close = async (step: Step): Promise<void> => {
    const { pauseId, callKey } = step;
    const answer = await session.request({
      method: 'POST',
      path: `/payment-pauses/${pauseId}/end`,
      body: { why: step.step === 'button' ? 'agent' : 'step_closed' },
      timeoutMs,
      answer: pauseAnswerSchema,
    });
    if (answer.ok || answer.why.code === 'not_found') {
      forget(step);
      return;
    }
    log.warn('A payment pause could not be ended', { callKey, why: answer.why.code });
    again(step);
  };

  const settle = (step: Step): void => {
    if (step.busy || !steps.has(step.pauseId) || step.state === 'open') return;
    step.busy = true;
    void (step.state === 'closing' ? close(step) : open(step));
  };

  const noCall = (callId: string): Result<never, Refusal> =>
    failure({ code: 'no_such_call', detail: callId });

  /** The agent's own pauses that the backend has open, whoever opened them. */
  const openAtBackend = (
    callId: string,
  ): readonly { readonly id: string; readonly step: PaymentStep }[] => {
    const callKey = calls().find((call) => call.callId === callId)?.callKey;
    const card = store.snapshot().cards.find((each) => each.callKey === callKey);
    return (card?.payment?.pauses ?? []).filter(({ agentId }) => agentId === session.userId());
  };

  const begin = (callId: string, wanted: PaymentStep): Result<null, Refusal> => {
    const call = calls().find((each) => each.callId === callId && isLive(each));
    if (call === undefined) return noCall(callId);
    const same = [...steps.values()].find(
      (step) => step.callId === callId && step.step === wanted && step.state !== 'closing',
    );
    const isOver =
      same?.state === 'open' && openAtBackend(callId).every(({ id }) => id !== same.pauseId);
    if (same !== undefined && !isOver) return success(null);
    // Its time was over: begun anew.
    if (same !== undefined) steps.delete(same.pauseId);
    const step: Step = {
      pauseId: newId(),
      callId,
      callKey: call.callKey,
      step: wanted,
      state: 'asking',
      busy: false,
    };
    steps.set(step.pauseId, step);
    show();
    settle(step);
    return success(null);
  };

  const end = (callId: string, wanted: PaymentStep | null): Result<null, Refusal> => {
    const callKey = calls().find((call) => call.callId === callId)?.callKey;
    // Opened by keys, or before this program was started anew.
    for (const { id, step } of callKey === undefined ? [] : openAtBackend(callId)) {
      if (steps.has(id) || (wanted !== null && step !== wanted)) continue;
      steps.set(id, {
        pauseId: id,
        callId,
        callKey: callKey ?? '',
        step,
        state: 'open',
        busy: false,
      });
    }
    for (const step of steps.values()) {
      if (step.callId !== callId || (wanted !== null && step.step !== wanted)) continue;
      step.state = 'closing';
      settle(step);
    }
    show();
    return success(null);
  };

  return {
    handlers: {
      'payment.open': ({ callId, step }) => begin(callId, step),
      'payment.close': ({ callId, step }) => end(callId, step),
      'payment.extend': async ({ callId }) => {
        for (const { id } of openAtBackend(callId)) {
          const answer = await session.request({
            method: 'POST',
            path: `/payment-pauses/${id}/extend`,
            answer: pauseAnswerSchema,
          });
          if (!answer.ok) return answer;
        }
        return success(null);
      },
    },
    follow: () => {
      if (steps.size === 0) return;
      const live = new Set(
        calls()
          .filter(isLive)
          .map(({ callId }) => callId),
      );
      for (const step of steps.values()) if (!live.has(step.callId)) forget(step);
    },
    isOpen: (callId) =>
      [...steps.values()].some((step) => step.callId === callId && step.state !== 'closing'),
    pageOpened: () => {
      const call = calls().find(isHeard);
      if (call !== undefined) begin(call.callId, 'page');
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
