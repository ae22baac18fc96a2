import { expect, test } from 'vitest';
import type { ContactCard } from '../shared/api/records.ts';
import type { DeskSnapshot } from '../shared/ipc/desk.ts';
import { callerText } from './caller.ts';

const session = {
  state: 'signed_in',
  user: {
    id: '0193aaaa-0000-7000-8000-00000000000a',
    username: 'ana',
    name: 'Ana',
    role: 'agent',
    extension: '1001',
  },
  queues: [],
  reasons: [],
  wrapUpCodes: [],
  country: 'US',
  capabilities: { queues: true, recording: true, demoCustomers: true, parking: true },
  favourites: [],
  demo: false,
  demoEverySeconds: null,
} as const satisfies DeskSnapshot['session'];

const customer = {
  id: '0193aaaa-0000-7000-8000-0000000000c2',
  name: 'Nora Quill',
  company: '',
  city: '',
  country: 'US',
  numbers: [],
};
const card = (match: ContactCard['match']): ContactCard => ({
  contactId: '0193aaaa-0000-7000-8000-0000000000c1',
  callKey: 'k',
  revision: 1,
  direction: 'inbound',
  queue: null,
  remoteNumber: '+12025550123',
  remoteName: '',
  displayNumber: '(202) 555-0123',
  startedAt: 1,
  queuedAt: null,
  match,
  consent: { state: 'not_asked', at: null },
  recording: { state: 'off' },
});

const shown = (number: string, name: string, cards: readonly ContactCard[] = []): string =>
  callerText({ cards, session }, { callKey: 'k', remote: { number, name } });

test('outside of the window a number is written as people here write it', () => {
  expect(shown('+12025550123', '')).toBe('(202) 555-0123');
  expect(shown('+34612345678', '')).toBe('+34 612 34 56 78');
  expect(shown('1002', '')).toBe('1002');
  expect(shown('', '')).toBe('');
});

test('a name comes before the number, and only a sure match gives one', () => {
  expect(shown('+12025550123', 'QUILL N')).toBe('QUILL N');
  const record = {
    ...customer,
    email: '',
    language: 'en',
    tags: [],
    notes: '',
    since: 1,
    tickets: [],
    contacts: [],
  };
  const exact = card({ kind: 'exact', customer: record });
  expect(shown('+12025550123', 'QUILL N', [exact])).toBe('Nora Quill');
  const maybe = card({ kind: 'maybe', customers: [customer] });
  expect(shown('+12025550123', '', [maybe])).toBe('(202) 555-0123');
});
