import type { CallKey, PbxEvent } from '../../pbx/pbx.ts';

/** Who talked with the customer of each call, and for how long, by what the PBX tells. */
export type SurveyTalks = {
  readonly take: (event: PbxEvent) => void;
  readonly of: (callKey: CallKey, at: number) => Talk | null;
};

export type Talk = {
  /** The agent who had the customer last. */
  readonly extension: string;
  /** From the first answer to that agent's end. */
  readonly talkedMs: number;
  /** That agent has been gone for longer than the PBX takes to tell: the customer was with somebody outside. */
  readonly transferredOut: boolean;
};

type Open = {
  readonly since: number;
  readonly extension: string;
  /** null: the agent has the customer still. */
  readonly endedAt: number | null;
};

/** The PBX tells of the agent's end and of the customer's survey within a moment, in whichever order. */
const sameMomentMs = 2_000;

export const createSurveyTalks = (): SurveyTalks => {
  const open = new Map<CallKey, Open>();
  /** Colleagues who are asked about a customer, by `extension callKey`: they do not have the customer yet. */
  const asked = new Set<string>();
  /** A colleague's own call that became the customer's, by `extension callKey`. */
  const received = new Map<string, CallKey>();

  const begin = (callKey: CallKey, extension: string, at: number): void => {
    open.set(callKey, { since: open.get(callKey)?.since ?? at, extension, endedAt: null });
  };

  const end = (callKey: CallKey, extension: string, at: number): void => {
    const talk = open.get(callKey);
    if (talk?.extension === extension) open.set(callKey, { ...talk, endedAt: at });
  };

  return {
    take: (event) => {
      if (!('callKey' in event) || !('extension' in event) || 'joinId' in event) {
        if (event.kind === 'call_ended') {
          open.delete(event.callKey);
          const its = (leg: string): boolean => leg.endsWith(` ${event.callKey}`);
          for (const leg of [...asked].filter(its)) asked.delete(leg);
          for (const leg of [...received.keys()].filter(its)) received.delete(leg);
        }
        return;
      }
      const { callKey, extension, at } = event;
      if (extension === null) return;
      const leg = `${extension} ${callKey}`;
      switch (event.kind) {
        case 'leg_offered':
          if (event.consult === true) asked.add(leg);
          else asked.delete(leg);
          break;
        case 'leg_answered':
          if (!asked.has(leg)) begin(callKey, extension, at);
          break;
        case 'customer_joined':
          asked.delete(leg);
          begin(callKey, extension, at);
          break;
        case 'customer_received':
          received.set(leg, event.customerCallKey);
          begin(event.customerCallKey, extension, at);
          break;
        case 'leg_ended':
          end(received.get(leg) ?? callKey, extension, at);
          break;
        default:
      }
    },
    of: (callKey, at) => {
      const talk = open.get(callKey);
      if (talk === undefined) return null;
      const { since, extension, endedAt } = talk;
      return {
        extension,
        talkedMs: (endedAt ?? at) - since,
        transferredOut: endedAt !== null && at - endedAt > sameMomentMs,
      };
    },
  };
};
