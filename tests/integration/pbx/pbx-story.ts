import { setTimeout as wait } from 'node:timers/promises';
import type { Pbx, PbxEvent } from '../../../src/backend/pbx/pbx.ts';

/** What an adapter told, and a way to wait for it. */
export type PbxStory = {
  readonly events: () => readonly PbxEvent[];
  /** Time (performance.now) at which the adapter told this event. */
  readonly heardAt: (event: PbxEvent) => number;
  readonly ofCall: (callKey: string) => readonly string[];
  readonly until: <Kind extends PbxEvent['kind']>(
    kind: Kind,
    fits?: (event: Extract<PbxEvent, { kind: Kind }>) => boolean,
  ) => Promise<Extract<PbxEvent, { kind: Kind }>>;
};

/** What is told of a call beside its course. */
export const asides: ReadonlySet<PbxEvent['kind']> = new Set([
  'key_pressed',
  'hold_changed',
  'leg_counted',
  'agent_silent',
  'agent_heard',
]);

const WITHIN_MS = 15_000;

export const listenTo = (pbx: Pbx): PbxStory => {
  const events: PbxEvent[] = [];
  const heard = new Map<PbxEvent, number>();
  pbx.subscribe((event) => {
    heard.set(event, performance.now());
    events.push(event);
  });
  return {
    events: () => events,
    heardAt: (event) => heard.get(event) ?? Number.NaN,
    ofCall: (callKey) =>
      events
        .filter((event) => 'callKey' in event && event.callKey === callKey)
        .filter(({ kind }) => !asides.has(kind))
        .map((event) => (event.kind === 'queue_left' ? `queue_left ${event.how}` : event.kind)),
    until: async (kind, fits = () => true) => {
      const deadline = performance.now() + WITHIN_MS;
      for (;;) {
        const found = events.find(
          (event): event is Extract<PbxEvent, { kind: typeof kind }> =>
            // the second test only runs on events of that kind
            event.kind === kind && fits(event as Extract<PbxEvent, { kind: typeof kind }>),
        );
        if (found !== undefined) return found;
        if (performance.now() > deadline)
          throw new Error(`never told ${kind}; told: ${events.map((e) => e.kind).join(', ')}`);
        await wait(5);
      }
    },
  };
};
