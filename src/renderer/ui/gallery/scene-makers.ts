import type { ContactCard, Match } from '../../../shared/api/records.ts';
import type { Call } from '../../../shared/domain/call/call.ts';
import type { DeskSnapshot, WrapUpDraft } from '../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { ended, ringing, talking } from './calls.ts';
import { cardOf, marta } from './people.ts';

/** A desk and a phone in one of the states that scenes begin with. */
export type Scene = {
  readonly desk?: Partial<DeskSnapshot>;
  readonly phone?: Partial<PhoneSnapshot>;
};

export const exact = (now: number): Match => ({ kind: 'exact', customer: marta(now) });

export const reserved = (now: number, call: Call): DeskSnapshot['agent'] => ({
  state: { state: 'reserved', callKey: call.callKey, next: { kind: 'ready' } },
  since: now - 6_000,
  doNotDisturb: false,
  revision: 5,
});

export const engaged = (now: number, call: Call): DeskSnapshot['agent'] => ({
  state: { state: 'engaged', callKeys: [call.callKey], next: { kind: 'ready' } },
  since: now - 211_000,
  doNotDisturb: false,
  revision: 6,
});

export const ringingScene = (now: number, match: Match, card: Partial<ContactCard> = {}): Scene => {
  const call = ringing(now);
  return {
    desk: {
      agent: reserved(now, call),
      cards: [cardOf(now, { callKey: call.callKey, match, ...card })],
    },
    phone: { calls: [call] },
  };
};

export const talkingScene = (
  now: number,
  card: Partial<ContactCard>,
  call = talking(now),
): Scene => ({
  desk: {
    agent: engaged(now, call),
    cards: [cardOf(now, { callKey: call.callKey, match: exact(now), ...card })],
  },
  phone: { calls: [call] },
});

export const draftOf = (call: Call, part: Partial<WrapUpDraft> = {}): WrapUpDraft => ({
  callId: call.callId,
  callKey: call.callKey,
  queue: call.queue,
  remoteNumber: call.remote.number,
  remoteName: call.remote.name,
  code: null,
  notes: '',
  ended: true,
  facts: call.facts,
  ...part,
});

export const wrapUpScene = (now: number): Required<Scene> => {
  const call = ended(talking(now - 14_000), now - 14_000);
  return {
    desk: {
      agent: {
        state: { state: 'wrap_up', callKeys: [call.callKey], next: { kind: 'ready' } },
        since: now - 14_000,
        doNotDisturb: false,
        revision: 7,
      },
      cards: [
        cardOf(now, {
          callKey: call.callKey,
          match: exact(now),
          consent: { state: 'granted', at: now - 180_000 },
          recording: { state: 'stopped', seconds: 171 },
        }),
      ],
      wrapUps: [
        draftOf(call, {
          code: 'fault',
          notes: 'Terminal drops off the Wi-Fi at closing time. Moved it to channel 6; ',
        }),
      ],
    },
    phone: { calls: [call] },
  };
};
