import { describe, expect, test } from 'vitest';
import { contactAddressAt } from '../contacts/contact-open-page.ts';
import { isLogged, type CallFacts, type CallLeg } from './call-facts.ts';
import { callRecord, escalationDraft } from './call-record.ts';
import { callDeedId } from './call-logs.ts';

const label = (en: string, es: string, pt: string) => ({ en, es, pt });
const leg: CallLeg = {
  ...{ agent: 'Ana Ruiz', extension: '1001', answeredAt: 20_000, endedAt: 260_000 },
  ...{ talkMs: 229_600, direction: 'inbound', notes: 'Restarted it.\n', isWrappedUp: true },
  codes: [{ code: 'solved', label: label('Solved', 'Resuelto', 'Resolvido') }],
};
const facts = {
  ...{ contactId: 'c-1', direction: 'inbound', number: '+5511999990000', name: 'Nora' },
  queue: label('Support', 'Soporte', 'Suporte'),
  ...{ startedAt: 0, endedAt: 260_000, legs: [leg], isRecorded: true },
  ...{ isErased: false, isEmergency: false, isInternal: false },
} as const satisfies CallFacts;
const english = { language: 'en', timeZone: 'UTC', addressOf: () => null } as const;
const linesOf = (record: ReturnType<typeof callRecord>) =>
  record.lines.map(({ label: name, value }) => `${name}: ${value}`);

describe('the record of a call', () => {
  test('has the outcome of all others where its code is not mapped itself', () => {
    const outcome = (mapped: Readonly<Record<string, string>>) =>
      callRecord(facts, undefined, mapped, english).mappedDisposition;
    expect(outcome({ '*': 'other' })).toBe('other');
    expect(outcome({ solved: '', '*': 'other' })).toBe('other');
    expect(outcome({ solved: 'closed_ok', '*': 'other' })).toBe('closed_ok');
    expect(outcome({ another: 'x' })).toBeUndefined();
  });

  test('says who spoke with whom, when, for how long and what came of it', () => {
    const record = callRecord(facts, undefined, { solved: 'closed_ok' }, english);
    expect(record.title).toBe('Incoming call, Support, 3:50');
    expect(linesOf(record)).toEqual([
      'Agent: Ana Ruiz',
      'Queue: Support',
      'Number: +5511999990000',
      'Began: Jan 1, 1970, 00:00',
      'Talk time: 3:50',
      'Wrap-up: Solved',
      'Notes: Restarted it.',
      'Recording: in Ringside, for whoever may listen there',
      'Contact in Ringside: c-1',
    ]);
    expect(record).toMatchObject({
      ...{ talkSeconds: 230, answeredAt: 20_000, mappedDisposition: 'closed_ok' },
      disposition: { code: 'solved', label: 'Solved' },
    });
    expect(record.recordingUrl).toBeUndefined();
  });

  test('leads to the contact where browsers reach the backend by a safe address', () => {
    const lineAt = (publicUrl: string) =>
      linesOf(
        callRecord(facts, undefined, {}, { ...english, addressOf: contactAddressAt(publicUrl) }),
      ).at(-1);
    expect(lineAt('https://ringside.example')).toBe(
      'Contact in Ringside: https://ringside.example/api/v1/contacts/c-1/open',
    );
    for (const other of ['', 'http://ringside.example'])
      expect(lineAt(other)).toBe('Contact in Ringside: c-1');
  });

  test('is in the language of the centre and on its clock', () => {
    const wording = { ...english, language: 'pt', timeZone: 'America/Sao_Paulo' } as const;
    const record = callRecord(facts, undefined, {}, wording);
    expect(record.title).toBe('Chamada recebida, Suporte, 3:50');
    expect(linesOf(record)).toContain('Encerramento: Resolvido');
    expect(linesOf(record).find((line) => line.startsWith('Início'))).toMatch(/1969.*21:00/u);
    expect(record.mappedDisposition).toBeUndefined();
  });

  test('names whose notes are whose where several spoke, and counts the last word', () => {
    const second: CallLeg = {
      ...{ ...leg, agent: 'Bo Lind', answeredAt: 30_000, notes: 'Then it worked.' },
      codes: [{ code: 'other', label: label('Other', 'Otro', 'Outro') }],
    };
    const record = callRecord({ ...facts, legs: [leg, second] }, undefined, {}, english);
    expect(record.notes).toBe('Ana Ruiz: Restarted it.\nBo Lind: Then it worked.');
    expect(linesOf(record)).toContain('Agents: Ana Ruiz, Bo Lind');
    expect(linesOf(record)).toContain('Wrap-up: Solved, Other');
    expect(record.disposition?.code).toBe('other');
  });

  test('is due for a customer’s call alone that was answered and is over', () => {
    expect(isLogged(facts)).toBe(true);
    const not: readonly Partial<CallFacts>[] = [
      { endedAt: null },
      { legs: [] },
      { legs: [leg, { ...leg, endedAt: null }] },
      { isErased: true },
      { isEmergency: true },
      { isInternal: true },
    ];
    for (const other of not)
      expect(isLogged({ ...facts, ...other }), JSON.stringify(other)).toBe(false);
  });
});

test('an escalation begins with what is known, and with a dash where nothing is', () => {
  const draft = escalationDraft(facts, english);
  expect(draft.subject).toBe('Solved, Support');
  expect(draft.body).toContain('Customer: Nora, +5511999990000');
  expect(draft.body).toContain('Steps taken:\nRestarted it.');
  const bare = escalationDraft({ ...facts, legs: [], name: '', number: '', queue: null }, english);
  expect(bare.subject).toBe('Incoming call');
  expect(bare.body).toContain('Customer: hidden');
  expect(bare.body).toContain('Steps taken:\n-');
});

test('a call has one key for each connection, which is a UUID', () => {
  const keys = ['a', 'b'].flatMap((contact) => ['x', 'y'].map((one) => callDeedId(contact, one)));
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  }
  expect(callDeedId('a', 'x')).toBe(keys[0]);
});
