import { expect, test } from 'vitest';
import { callTransition, offeredCall, type Call } from './call.ts';
import { incomingDeed, type IncomingDeed, type IncomingPolicy, type Offer } from './incoming.ts';

const open: IncomingPolicy = {
  autoAnswerQueues: ['support'],
  directCalls: 'ring',
  duringCall: 'ring',
};
const policies = {
  open,
  'busy in calls': { ...open, duringCall: 'refuse' },
  'no direct calls': { ...open, directCalls: 'refuse' },
} as const satisfies Record<string, IncomingPolicy>;

const other = offeredCall({
  callId: 'other',
  callKey: 'other',
  remote: { number: '1', name: '' },
  queue: null,
  stamp: { id: 'fact', at: 1 },
});
const over = callTransition(other, {
  kind: 'ended',
  end: { side: 'remote', outcome: 'cancelled', sipCode: null, cause: null },
  stamp: { id: 'end', at: 2 },
});
const calls: Record<'no call' | 'another call', readonly Call[]> = {
  'no call': over.ok ? [over.value] : [],
  'another call': [other],
};

const offer: Offer = { queue: null, isConsult: false, isReturning: false };
const offers = {
  direct: offer,
  'automatic queue': { ...offer, queue: 'support' },
  'other queue': { ...offer, queue: 'sales' },
  consult: { ...offer, queue: 'support', isConsult: true },
  'returning, direct': { ...offer, isReturning: true },
  'returning, from a queue': { ...offer, queue: 'support', isReturning: true },
} as const satisfies Record<string, Offer>;

// A new kind of offer, policy or moment does not compile until it is decided here.
const expected: Record<
  keyof typeof offers,
  Record<keyof typeof policies, Record<keyof typeof calls, IncomingDeed>>
> = {
  direct: {
    open: { 'no call': 'ring', 'another call': 'ring' },
    'busy in calls': { 'no call': 'ring', 'another call': 'refuse' },
    'no direct calls': { 'no call': 'refuse', 'another call': 'refuse' },
  },
  'automatic queue': {
    open: { 'no call': 'answer', 'another call': 'ring' },
    'busy in calls': { 'no call': 'answer', 'another call': 'ring' },
    'no direct calls': { 'no call': 'answer', 'another call': 'ring' },
  },
  'other queue': {
    open: { 'no call': 'ring', 'another call': 'ring' },
    'busy in calls': { 'no call': 'ring', 'another call': 'ring' },
    'no direct calls': { 'no call': 'ring', 'another call': 'ring' },
  },
  consult: {
    open: { 'no call': 'ring', 'another call': 'ring' },
    'busy in calls': { 'no call': 'ring', 'another call': 'refuse' },
    'no direct calls': { 'no call': 'refuse', 'another call': 'refuse' },
  },
  'returning, direct': {
    open: { 'no call': 'ring', 'another call': 'ring' },
    'busy in calls': { 'no call': 'ring', 'another call': 'ring' },
    'no direct calls': { 'no call': 'ring', 'another call': 'ring' },
  },
  'returning, from a queue': {
    open: { 'no call': 'ring', 'another call': 'ring' },
    'busy in calls': { 'no call': 'ring', 'another call': 'ring' },
    'no direct calls': { 'no call': 'ring', 'another call': 'ring' },
  },
};

const names = <Name extends string>(record: Record<Name, unknown>): readonly Name[] =>
  // `Object.keys` forgets what it lists.
  Object.keys(record) as Name[];

test.each(
  names(offers).flatMap((kind) =>
    names(policies).flatMap((policy) => names(calls).map((moment) => ({ kind, policy, moment }))),
  ),
)('$kind with “$policy” and $moment', ({ kind, policy, moment }) => {
  const deed = incomingDeed(offers[kind], policies[policy], calls[moment]);
  expect(deed).toBe(expected[kind][policy][moment]);
});
