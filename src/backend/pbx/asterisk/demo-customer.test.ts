import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeAction } from '../ami/ami-encoder.ts';
import type { DemoCustomerCall } from '../pbx.ts';
import { DEMO_VOICES, demoCustomerAction } from './demo-customer.ts';

const KEY = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const CALL: DemoCustomerCall = {
  queue: 'support',
  number: '+34600111222',
  name: 'Ana',
  voice: null,
  scenario: 'talks',
  extension: null,
};

const variables = (call: DemoCustomerCall): readonly string[] => {
  const action = demoCustomerAction(call, KEY);
  if (!action.ok) throw new Error(action.why);
  return action.value.filter(([name]) => name === 'Variable').map(([, value]) => value);
};

test('the call has the id that the agent will be shown', () => {
  const action = demoCustomerAction(CALL, KEY);
  expect(action.ok && action.value).toContainEqual(['ChannelId', KEY]);
});

test('the voice speaks the language of the number unless one is asked for', () => {
  expect(variables(CALL)).toContain('__RINGSIDE_DEMO_VOICE=es-lucia');
  expect(variables({ ...CALL, number: '+5511987654321' })).toContain(
    '__RINGSIDE_DEMO_VOICE=pt-leticia',
  );
  expect(variables({ ...CALL, voice: 'en-oliver' })).toContain('__RINGSIDE_DEMO_VOICE=en-oliver');
});

test('unknown voices, queues and extensions are refused', () => {
  expect(demoCustomerAction({ ...CALL, voice: '../x' }, KEY).ok).toBe(false);
  expect(demoCustomerAction({ ...CALL, queue: 'a,b' }, KEY).ok).toBe(false);
  expect(demoCustomerAction({ ...CALL, extension: '10x' }, KEY).ok).toBe(false);
});

test('no name and no number reaches the syntax of AMI or of the dialplan', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const action = demoCustomerAction({ ...CALL, name: text, number: text }, KEY);
      if (!action.ok) throw new Error(action.why);
      encodeAction('Originate', '1', action.value);
      for (const value of variables({ ...CALL, name: text, number: text })) {
        expect(value).toMatch(/^__[A-Z_]+=[\w.~%+-]*$/);
      }
    }),
  );
});

test('every voice is shipped with all its turns', () => {
  const voices = new URL('../../../../resources/pbx/voices/', import.meta.url);
  for (const voice of DEMO_VOICES) {
    expect(readdirSync(new URL(`${voice}/`, voices)).toSorted()).toEqual(
      Array.from({ length: 10 }, (_, turn) => `${String(turn)}.g722`),
    );
  }
});
