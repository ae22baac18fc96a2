import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contactLink } from '../../shared/domain/contact/contact-link.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { createContactLinks } from './contact-links.ts';

const contactId = '0197f0aa-0000-7000-8000-00000000abcd';
const another = '0197f0aa-0000-7000-8000-00000000ef01';
let desk: Pick<DeskSnapshot, 'session' | 'linkedContact'>;
let lastId = 0;

// Only what is read of a session.
const signedIn = { state: 'signed_in' } as DeskSnapshot['session'];
const signedOut: DeskSnapshot['session'] = { state: 'signed_out', why: null, demoUsers: null };

const start = (session: DeskSnapshot['session']) => {
  desk = { session, linkedContact: null };
  const links = createContactLinks({
    store: {
      snapshot: () => desk as DeskSnapshot,
      update: (change) => {
        desk = { ...desk, ...change };
      },
    },
    newId: () => {
      lastId += 1;
      return `id-${lastId}`;
    },
    monotonicMs: () => Date.now(),
  });
  const become = (next: DeskSnapshot['session']): void => {
    desk = { ...desk, session: next };
    links.follow(desk as DeskSnapshot);
  };
  return { links, become };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a link leads to its contact until the page is there, and a later one takes its place', () => {
  const { links } = start(signedIn);
  links.link(contactLink(contactId));
  const first = desk.linkedContact?.id ?? '';
  links.link(contactLink(another));
  expect(desk.linkedContact).toMatchObject({ state: 'here', contactId: another });
  links.settle(first);
  expect(desk.linkedContact).not.toBeNull();
  links.settle(desk.linkedContact?.id ?? '');
  expect(desk.linkedContact).toBeNull();
});

test('a link that names no contact is refused', () => {
  const { links } = start(signedIn);
  links.link('ringside://contact/../settings');
  expect(desk.linkedContact).toMatchObject({ state: 'refused' });
});

test('a link that comes before the sign-in waits for it, for five minutes', () => {
  const { links, become } = start(signedOut);
  links.link(contactLink(contactId));
  expect(desk.linkedContact).toMatchObject({ state: 'waiting' });
  expect(desk.linkedContact).not.toHaveProperty('contactId');
  vi.advanceTimersByTime(299_000);
  become(signedIn);
  expect(desk.linkedContact).toMatchObject({ state: 'here', contactId });

  const late = start(signedOut);
  late.links.link(contactLink(contactId));
  vi.advanceTimersByTime(300_001);
  late.become(signedIn);
  expect(desk.linkedContact).toBeNull();
});

test('who signs out is led nowhere', () => {
  const { links, become } = start(signedIn);
  links.link(contactLink(contactId));
  become(signedOut);
  expect(desk.linkedContact).toBeNull();
});

test('a page that opens links by the dozen is not followed', () => {
  const { links } = start(signedIn);
  const taken = Array.from({ length: 12 }, () => links.link(contactLink(contactId)));
  expect(taken.filter(Boolean)).toHaveLength(5);
  vi.advanceTimersByTime(10_000);
  expect(links.link(contactLink(contactId))).toBe(true);
});
