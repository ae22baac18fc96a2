import type { EvidenceFact, RingFact } from '../../shared/api/evidence.ts';
import { wasAnswered, type Call } from '../../shared/domain/call/call.ts';
import { troubleOfHindrance } from '../../shared/domain/missed/hindered.ts';
import {
  unansweredOutcomes,
  type DeskTrouble,
  type RingSilence,
  type UnansweredOutcome,
} from '../../shared/domain/missed/missed.ts';
import type { HindranceCause } from '../../shared/domain/readiness/hindrance.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { CheckMeasured } from '../../shared/domain/shift-check/measured.ts';
import { toldCheck } from '../shift-check/told-check.ts';

/** What this desk can say for an agent who did not answer: how each call rang, and when something was wrong. */
export type DeskEvidence = {
  /** Whose desk it is from now on; what was wrong before is of no concern to the next. */
  readonly useAgent: (agentId: string | null) => void;
  /** Before the phone's facts are written: the end of a ring is judged by what is told here. */
  readonly takePhone: (phone: PhoneSnapshot) => void;
  readonly takeDesk: (desk: Pick<DeskSnapshot, 'backend' | 'engine'>) => void;
  /** A ring is on the screen. */
  readonly shown: (callId: string) => void;
  /** These calls ring, and can be heard (null) or not. */
  readonly rang: (callIds: readonly string[], silence: RingSilence | null) => void;
  readonly trouble: (what: DeskTrouble, isOn: boolean) => void;
  /** What keeps this agent, who wishes to be ready, from being so; null: nothing, or no such wish. */
  readonly hindered: (cause: HindranceCause | null) => void;
  /** The agent's own word on a test ring. */
  readonly ringTested: (heard: boolean) => void;
  /** The check before a shift came to something. Answers as what it is kept; null: nobody is signed in. */
  readonly checked: (
    measured: CheckMeasured,
  ) => { readonly id: string; readonly at: number } | null;
  /** The machine stood still for so long, until now. */
  readonly stoodStill: (forMs: number) => void;
};

export type EvidencePorts = {
  /** On the disk when it returns, or lost with a word in the log: a call must not wait for it. */
  readonly write: (agentId: string, facts: readonly EvidenceFact[]) => void;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly newId: (epochMs: number) => string;
  /** False: too many of late, and this one is left out. */
  readonly mayTell: () => boolean;
};

type RingSoFar = Pick<RingFact, 'shownAt' | 'soundedAt' | 'silence'>;

/** What is over sooner explains nothing. */
const shortestSpanMs = 1_000;

const isUnanswered = (outcome: string): outcome is UnansweredOutcome =>
  unansweredOutcomes.some((each) => each === outcome);

export const createDeskEvidence = (ports: EvidencePorts): DeskEvidence => {
  const rings = new Map<string, RingSoFar>();
  /** What is wrong now, and since when. */
  const troubles = new Map<DeskTrouble, number>();
  /** The same trouble may be known by a proof and by what it is proven with. */
  let hindrance: { readonly what: DeskTrouble; readonly since: number } | null = null;
  let agentId: string | null = null;
  let wasRegistered = false;

  const tellSpan = (what: DeskTrouble, at: number, until: number): void => {
    if (agentId === null || until - at < shortestSpanMs || !ports.mayTell()) return;
    ports.write(agentId, [{ kind: 'desk_span', id: ports.newId(until), at, until, what }]);
  };

  /** Each that stands now, with when it began. */
  const present = (): RingFact['troubles'] => {
    const all = new Map(troubles);
    if (hindrance !== null) {
      const { what, since } = hindrance;
      all.set(what, Math.min(since, all.get(what) ?? since));
    }
    return [...all].map(([what, since]) => ({ what, since }));
  };

  const hindered: DeskEvidence['hindered'] = (cause) => {
    const what = cause === null ? null : troubleOfHindrance[cause];
    if (what === (hindrance?.what ?? null)) return;
    const before = hindrance;
    hindrance = what === null ? null : { what, since: ports.now() };
    if (before !== null) tellSpan(before.what, before.since, ports.now());
  };

  const trouble: DeskEvidence['trouble'] = (what, isOn) => {
    const since = troubles.get(what);
    if (isOn === (since !== undefined)) return;
    if (since === undefined) {
      troubles.set(what, ports.now());
      return;
    }
    troubles.delete(what);
    tellSpan(what, since, ports.now());
  };

  const ringOf = (callId: string): RingSoFar =>
    rings.get(callId) ?? { shownAt: null, soundedAt: null, silence: null };

  const over = (call: Extract<Call, { readonly state: 'ended' }>): void => {
    const { callId, callKey, endedAt } = call;
    const { outcome } = call.end;
    const ring = ringOf(callId);
    rings.delete(callId);
    if (agentId === null || wasAnswered(call) || !isUnanswered(outcome)) return;
    const offered = call.facts.find((fact) => fact.kind === 'offered');
    const fact: RingFact = {
      ...{ kind: 'ring', id: ports.newId(endedAt), callId, callKey, at: endedAt },
      offeredAt: Math.min(offered?.at ?? endedAt, endedAt),
      ...ring,
      outcome,
      troubles: present(),
    };
    ports.write(agentId, [fact]);
  };

  return {
    useAgent: (next) => {
      agentId = next;
      wasRegistered = false;
      hindrance = null;
      // A locked screen or a missing microphone stays what it is, whoever works here.
      for (const what of ['unregistered', 'backend_away', 'engine_gone', 'ring_unheard'] as const) {
        troubles.delete(what);
      }
    },
    takePhone: ({ registration, devices, calls }) => {
      trouble('no_device', devices.problem !== null);
      const isRegistered = registration.state === 'registered';
      // Before its first registration nothing was promised.
      wasRegistered ||= isRegistered && agentId !== null;
      trouble('unregistered', wasRegistered && !isRegistered);
      for (const call of calls) {
        if (call.direction !== 'inbound') continue;
        if (call.state === 'offered') {
          if (!rings.has(call.callId)) rings.set(call.callId, ringOf(call.callId));
        } else if (call.state === 'ended' && rings.has(call.callId)) over(call);
        else rings.delete(call.callId);
      }
    },
    takeDesk: ({ backend, engine }) => {
      trouble('backend_away', agentId !== null && backend.state === 'away');
      trouble('engine_gone', agentId !== null && engine === 'restarting');
    },
    shown: (callId) => {
      const ring = rings.get(callId);
      if (ring?.shownAt !== null) return;
      rings.set(callId, { ...ring, shownAt: ports.now() });
    },
    rang: (callIds, silence) => {
      for (const callId of callIds) {
        const ring = rings.get(callId);
        // Once heard is heard; a device that came later is as good.
        if (ring?.soundedAt !== null) continue;
        rings.set(callId, { ...ring, silence, soundedAt: silence === null ? ports.now() : null });
      }
    },
    trouble,
    hindered,
    ringTested: (heard) => {
      trouble('ring_unheard', !heard);
      if (!heard || agentId === null || !ports.mayTell()) return;
      const at = ports.now();
      ports.write(agentId, [
        { kind: 'desk_span', id: ports.newId(at), at, until: at, what: 'ring_heard' },
      ]);
    },
    checked: (measured) => {
      if (agentId === null) return null;
      const at = ports.now();
      const id = ports.newId(at);
      // Told as it was measured, without what was left out.
      ports.write(agentId, [{ kind: 'shift_check', id, at, measured: toldCheck(measured) }]);
      return { id, at };
    },
    stoodStill: (forMs) => {
      const now = ports.now();
      tellSpan('asleep', now - forMs, now);
    },
  };
};
