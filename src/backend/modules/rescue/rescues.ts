import { rescueDeed } from '../../../shared/domain/rescue/rescue.ts';
import type { Absence, RescueWhy } from '../../../shared/domain/rescue/rescue.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import { findUser } from '../accounts/accounts-repository.ts';
import type { Extensions } from '../accounts/extensions.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { LineEnd, PushHub } from '../push/push-hub.ts';
import { insertRescue, listWaitingRescues, markGone, markTaken } from './rescue-repository.ts';

/**
 * Takes care of customers whose agent vanished in the call: music while the agent may return, then back to the front of
 * the queue, with what the agent knew of them.
 */
export type Rescues = {
  /**
   * The agent's phone said of itself that it died at `failedAt` (epoch ms): its leg as it was then is ended at once. A PBX
   * that cannot is left to its timeout.
   */
  readonly phoneFailed: (agentId: string, callKey: string, failedAt: number) => void;
  readonly start: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly push: Pick<PushHub, 'isConnected' | 'onLine'>;
  readonly extensions: Extensions;
  readonly contacts: Pick<Contacts, 'changed'>;
  /** The desk has its line at another backend. */
  readonly isDeskElsewhere: (agentId: string) => Promise<boolean>;
  readonly mintId: MintId;
  readonly now: Now;
  readonly log: Log;
};

/** An agent of whose sound nothing arrives. */
type Silent = {
  readonly callKey: string;
  readonly extension: string;
  /** Epoch ms. */
  readonly since: number;
  readonly isHeld: boolean;
  timer: NodeJS.Timeout | null;
};

const againMs = 2_000;

export const createRescues = (needs: Needs): Rescues => {
  const { database, pbx, push, extensions, contacts, mintId, now, log } = needs;
  /** By `extension callKey`. */
  const silent = new Map<string, Silent>();
  /** How the line of a desk that has none ended, and when (epoch ms). */
  const gone = new Map<string, { readonly how: LineEnd; readonly at: number }>();
  /** Calls whose customer is with nobody yet. */
  const waiting = new Set<string>();
  const stops: (() => void)[] = [];
  let startedAt = now();

  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a customer whose agent vanished could not be taken care of');
  });

  const forget = (name: string): void => {
    const timer = silent.get(name)?.timer;
    if (timer) clearTimeout(timer);
    silent.delete(name);
  };

  const takeBack = async (
    agentId: string,
    leg: { readonly callKey: string; readonly extension: string; readonly failedAt: number },
    why: RescueWhy | 'phone_failed',
  ): Promise<boolean> => {
    const { callKey, extension } = leg;
    // An engine that died is there again within seconds where its desk is; anybody else may be far away.
    const returns = why === 'phone_failed' && push.isConnected(agentId);
    // The end of a call that goes nowhere is told before the answer.
    waiting.add(callKey);
    const ended = await pbx.hangUp(returns ? { ...leg, returns } : leg);
    if (!ended.ok || !ended.value.hadCustomer) waiting.delete(callKey);
    if (!ended.ok) {
      if (ended.why.code === 'not_supported') return true;
      const { code, message } = ended.why;
      log.warn(
        { agentId, callKey, code, why: message },
        'the PBX did not end the leg of a phone that died',
      );
      return false;
    }
    if (!ended.value.hadCustomer) return true;
    log.info({ agentId, callKey, extension, why }, 'a customer is taken back from an agent');
    const at = now();
    if (await insertRescue(database, { id: mintId(), callKey, agentId, at, why }))
      await contacts.changed(callKey);
    return true;
  };

  const absence = async (
    { since, isHeld }: Silent,
    agentId: string,
    extension: string,
  ): Promise<Absence> => {
    const at = now();
    const isThere = push.isConnected(agentId) || (await needs.isDeskElsewhere(agentId));
    const lineEnd = gone.get(agentId) ?? { how: 'lost', at: startedAt };
    const presence = await pbx.presence();
    return {
      silentMs: at - since,
      isHeld,
      line: isThere ? 'open' : lineEnd.how,
      lineGoneMs: isThere ? 0 : at - lineEnd.at,
      // A PBX that does not say is not taken for a proof.
      hasPhone: !presence.ok || presence.value.reachable.includes(extension),
    };
  };

  const look = async (name: string): Promise<void> => {
    const one = silent.get(name);
    if (one === undefined) return;
    const { callKey, extension } = one;
    const user = await extensions.find(extension);
    if (user === null) return;
    const deed = rescueDeed(await absence(one, user.id, extension));
    if (silent.get(name) !== one) return;
    if (deed.kind === 'wait') {
      lookIn(name, deed.forMs);
      return;
    }
    const leg = { callKey, extension, failedAt: now() };
    if (await takeBack(user.id, leg, deed.why)) forget(name);
    else lookIn(name, againMs);
  };

  const lookIn = (name: string, afterMs: number): void => {
    const one = silent.get(name);
    if (one === undefined) return;
    if (one.timer !== null) clearTimeout(one.timer);
    one.timer = setTimeout(() => void queue.add(one.callKey, () => look(name)), afterMs).unref();
  };

  const fellSilent = (event: Extract<PbxEvent, { readonly kind: 'agent_silent' }>): void => {
    const { callKey, extension, since, held } = event;
    const name = `${extension} ${callKey}`;
    if (silent.has(name)) return;
    silent.set(name, { callKey, extension, since, isHeld: held, timer: null });
    log.info({ callKey, extension }, 'an agent is not heard any more');
    void queue.add(callKey, async () => {
      if (!held && silent.has(name)) await pbx.comfort(callKey, extension, true);
      await look(name);
    });
  };

  const heardAgain = (callKey: string, extension: string): void => {
    const name = `${extension} ${callKey}`;
    if (!silent.has(name)) return;
    forget(name);
    log.info({ callKey, extension }, 'the agent is heard again');
    void queue.add(callKey, async () => {
      await pbx.comfort(callKey, extension, false);
    });
  };

  const answered = (callKey: string, extension: string, at: number): void => {
    if (!waiting.delete(callKey)) return;
    void queue.add(callKey, async () => {
      const user = await extensions.find(extension);
      if (user !== null && (await markTaken(database, callKey, user.id, at)))
        await contacts.changed(callKey);
    });
  };

  const callOver = (callKey: string, at: number): void => {
    if (!waiting.delete(callKey)) return;
    void queue.add(callKey, async () => {
      if (await markGone(database, callKey, at)) await contacts.changed(callKey);
    });
  };

  const take = (event: PbxEvent): void => {
    switch (event.kind) {
      case 'agent_silent':
        fellSilent(event);
        break;
      case 'agent_heard':
        heardAgain(event.callKey, event.extension);
        break;
      case 'leg_answered':
        answered(event.callKey, event.extension, event.at);
        break;
      case 'leg_ended':
        forget(`${event.extension} ${event.callKey}`);
        break;
      case 'call_ended':
        callOver(event.callKey, event.at);
        break;
      case 'disconnected':
        // What it says when it is back counts.
        for (const name of [...silent.keys()]) forget(name);
        break;
      default:
    }
  };

  const lineChanged = (agentId: string, how: LineEnd | 'opened'): void => {
    if (push.isConnected(agentId)) gone.delete(agentId);
    else if (how !== 'opened') gone.set(agentId, { how, at: now() });
    else return;
    for (const [name, { extension }] of silent) {
      if (extensions.known(extension)?.id === agentId) lookIn(name, 1);
    }
  };

  const recall = async (): Promise<void> => {
    for (const callKey of await listWaitingRescues(database)) waiting.add(callKey);
  };

  return {
    phoneFailed: (agentId, callKey, failedAt) => {
      void queue.add(callKey, async () => {
        const user = await findUser(database, agentId);
        if (user === null) return;
        await takeBack(agentId, { callKey, extension: user.extension, failedAt }, 'phone_failed');
      });
    },
    start: () => {
      startedAt = now();
      void queue.add('', recall);
      if (stops.length === 0) stops.push(pbx.subscribe(take), push.onLine(lineChanged));
    },
    idle: queue.idle,
    stop: async () => {
      for (const stop of stops.splice(0)) stop();
      for (const name of [...silent.keys()]) forget(name);
      await queue.idle();
    },
  };
};
