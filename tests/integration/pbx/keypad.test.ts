import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { KeypadPrompt, Pbx, PbxEvent } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { asides, listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';

const prompt = (kind: KeypadPrompt['kind'], language: string): KeypadPrompt => ({
  kind,
  language,
  wordingVersion: 'keypad 1, "draft": (a)',
  ruleVersion: '2026-11-22',
});

type Caller = {
  readonly number: string;
  readonly key: string;
  /** undefined: the backend does not answer. */
  readonly played: KeypadPrompt | null | undefined;
  readonly scenario?: 'abandons';
  readonly queue?: string;
};

/** All of them call at once: a prompt takes its time. */
const callers = {
  yes: { number: '+34600111001', key: '1', played: prompt('consent', 'es') },
  no: { number: '+34600111002', key: '2', played: prompt('consent', 'pt') },
  silent: { number: '+34600111003', key: '', played: prompt('consent', 'en') },
  wrongKey: { number: '+34600111004', key: '7', played: prompt('consent', 'en') },
  told: { number: '+34600111005', key: '', played: prompt('notice', 'en') },
  toldAndNo: { number: '+34600111006', key: '2', played: prompt('notice', 'es') },
  hangsUp: {
    number: '+34600111007',
    key: '',
    played: prompt('consent', 'es'),
    scenario: 'abandons',
  },
  nothingToAsk: { number: '+34600111008', key: '1', played: null },
  noBackend: { number: '+34600111009', key: '1', played: undefined },
  otherQueue: { number: '+34600111010', key: '1', played: prompt('consent', 'es'), queue: 'sales' },
} as const satisfies Readonly<Record<string, Caller>>;
type Name = keyof typeof callers;

const withinMs = 60_000;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
const keys = new Map<Name, string>();

const of = (name: Name): readonly PbxEvent[] =>
  story.events().filter((event) => 'callKey' in event && event.callKey === keys.get(name));
const kindsOf = (name: Name): readonly string[] =>
  of(name)
    .map(({ kind }) => kind)
    .filter((kind) => !asides.has(kind));
const answersOf = (name: Name) => of(name).filter((event) => event.kind === 'keypad_answered');
const find = <Kind extends PbxEvent['kind']>(name: Name, kind: Kind) => {
  const found = of(name).find(
    (event): event is Extract<PbxEvent, { kind: Kind }> => event.kind === kind,
  );
  if (found === undefined) throw new Error(`${name}: never told ${kind}`);
  return found;
};
/** From the wish for a prompt to the place in the queue. */
const tookMs = (name: Name): number =>
  find(name, 'queue_entered').at - find(name, 'prompt_wanted').at;

const entered = async (name: Name): Promise<void> => {
  const end = name === 'hangsUp' ? 'call_ended' : 'queue_entered';
  const deadline = performance.now() + withinMs;
  while (!kindsOf(name).includes(end)) {
    if (performance.now() > deadline) throw new Error(`${name}: ${kindsOf(name).join()}`);
    await wait(20);
  }
};

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest({ 'extensions_local.conf': 'PROMPT_SECONDS = 1\n' });
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.subscribe((event) => {
    if (event.kind !== 'prompt_wanted') return;
    const caller = Object.values(callers).find(({ number }) => number === event.remoteNumber);
    if (caller?.played !== undefined) void pbx.playPrompt(event.callKey, caller.played);
  });
  pbx.start();
  await story.until('connected');
  known(await pbx.setPromptQueue('support', true));
  known(await pbx.setPromptQueue('support', true));
  known(await pbx.setPromptQueue('sales', false));
  for (const [name, caller] of Object.entries<Caller>(callers)) {
    const call = {
      queue: caller.queue ?? 'support',
      number: caller.number,
      name: '',
      voice: null,
      scenario: caller.scenario ?? 'talks',
      extension: null,
      key: caller.key,
    } as const;
    // the names are those of the table above
    keys.set(name as Name, known(await pbx.callDemoCustomer(call)));
  }
  await Promise.all([...keys.keys()].map(entered));
}, 120_000);

afterAll(async () => {
  await pbx.stop();
  await asterisk.stop();
});

describe('a caller of a queue with a keypad prompt', () => {
  test('says yes or no in the language that the backend names, before the wait begins', () => {
    for (const [name, answer] of [
      ['yes', 'granted'],
      ['no', 'refused'],
    ] as const) {
      expect(kindsOf(name)).toEqual(['prompt_wanted', 'keypad_answered', 'queue_entered']);
      const told = find(name, 'keypad_answered');
      expect(told).toMatchObject({ answer, queue: 'support', prompt: callers[name].played });
      expect(told.promptedAt).toBeGreaterThanOrEqual(find(name, 'prompt_wanted').at);
      expect(told.at - told.promptedAt).toBeGreaterThan(1_000);
      expect(told.at).toBeLessThanOrEqual(find(name, 'queue_entered').at);
    }
    expect(find('yes', 'prompt_wanted')).toMatchObject({
      queue: 'support',
      remoteNumber: callers.yes.number,
    });
  });

  test('who presses nothing, or nothing that was asked for, has said nothing and waits', () => {
    expect(kindsOf('silent')).toEqual(['prompt_wanted', 'queue_entered']);
    expect(kindsOf('wrongKey')).toEqual(['prompt_wanted', 'queue_entered']);
  });

  test('who hears the notice out was told, and may say no', () => {
    expect(answersOf('told')).toMatchObject([
      { answer: 'told', prompt: { kind: 'notice', language: 'en' } },
    ]);
    const { at, promptedAt } = find('told', 'keypad_answered');
    // its words take 6.4 s
    expect(at - promptedAt).toBeGreaterThan(6_000);
    expect(answersOf('toldAndNo')).toMatchObject([{ answer: 'refused' }]);
  });

  test('who hangs up in the prompt never waited, and has said nothing', () => {
    expect(kindsOf('hangsUp')).toEqual(['prompt_wanted', 'call_ended']);
  });

  test('is not kept when there is nothing to ask, nor by a backend that does not answer', () => {
    expect(kindsOf('nothingToAsk')).toEqual(['prompt_wanted', 'queue_entered']);
    expect(kindsOf('noBackend')).toEqual(['prompt_wanted', 'queue_entered']);
    expect(kindsOf('otherQueue')).toEqual(['queue_entered']);
    console.log(
      `to the queue: ${tookMs('nothingToAsk')} ms when nothing is asked, ` +
        `${tookMs('noBackend')} ms without a backend, ${tookMs('yes')} ms with a yes, ` +
        `${tookMs('silent')} ms with nothing pressed`,
    );
    // no prompt is as short as that
    expect(tookMs('nothingToAsk')).toBeLessThan(4_000);
    expect(tookMs('noBackend')).toBeLessThan(4_000);
  });

  test('what was said stays at the PBX for a backend that comes later', async () => {
    const later = asterisk.adapter();
    const laterStory = listenTo(later);
    later.start();
    await laterStory.until('queue_entered', (event) => event.callKey === keys.get('yes'));
    const told = laterStory.events().filter((event) => event.kind === 'keypad_answered');
    await later.stop();
    const references = (['yes', 'no', 'told', 'toldAndNo'] as const).map(
      (name) => find(name, 'keypad_answered').reference,
    );
    expect(told.map(({ reference }) => reference).toSorted()).toEqual(references.toSorted());
    expect(told.find(({ callKey }) => callKey === keys.get('yes'))).toMatchObject({
      answer: 'granted',
      prompt: callers.yes.played,
    });
  });
});
