import { expect, test } from 'vitest';
import type { Contact, ContactCard } from '../../shared/api/records.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import { success } from '../../shared/result.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDeskStore } from './desk-store.ts';
import { adoptOwedWrapUps } from './owed-wrap-ups.ts';

const me = 'me';
const fact = (kind: string) => ({ kind, id: kind, callId: 'leg', callKey: 'k', at: 1 });
const leg = (agentId: string, callId: string, kinds: readonly string[]) => ({
  callId,
  agent: { id: agentId },
  facts: kinds.map(fact),
});
// Only what decides; the rest of a contact is shown elsewhere.
const contact = {
  card: { callKey: 'k', queue: 'support', remoteNumber: '+1', remoteName: 'Nora' },
  legs: [
    leg(me, 'owed', ['offered', 'answered', 'ended']),
    leg(me, 'missed', ['offered', 'ended']),
    leg(me, 'done', ['answered', 'ended', 'wrap_up_completed']),
    leg('other', 'theirs', ['answered', 'ended']),
  ],
} as unknown as Contact;

const adopted = async (state: unknown, known: readonly WrapUpDraft[] = []) => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  store.update({
    agent: { state, since: 1, revision: 1 } as never,
    cards: [{ contactId: 'c', callKey: 'k' } as unknown as ContactCard],
  });
  const found: WrapUpDraft[] = [];
  await adoptOwedWrapUps({
    store,
    session: { userId: () => me, request: () => Promise.resolve(success(contact as never)) },
    ledger: { wrapUps: () => known, adopt: (draft) => found.push(draft) },
    drain: () => Promise.resolve(),
  });
  return found;
};

test('a wrap-up that the backend waits for and nobody here knows of is adopted, and no other leg', async () => {
  const owed = await adopted({ state: 'wrap_up', callKeys: ['k'], next: { kind: 'ready' } });
  expect(owed.map(({ callId }) => callId)).toEqual(['owed']);
  expect(owed[0]).toMatchObject({ callKey: 'k', ended: true, remoteName: 'Nora', code: null });
});

test('one that is known here is left alone, and so is an agent who owes nothing', async () => {
  const wrapUp = { state: 'wrap_up', callKeys: ['k'], next: { kind: 'ready' } };
  expect(await adopted(wrapUp, [{ callKey: 'k' } as WrapUpDraft])).toEqual([]);
  expect(await adopted({ state: 'ready' })).toEqual([]);
});
