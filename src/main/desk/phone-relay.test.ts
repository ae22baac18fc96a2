import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { offeredCall, type Call } from '../../shared/domain/call/call.ts';
import type { PhoneCommand, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { newId } from '../new-id.ts';
import { createPhoneRelay } from './phone-relay.ts';

const call = (): Call =>
  offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'k',
    queue: null,
    remote: { number: '1', name: '' },
    stamp: { id: newId(1_000), at: 1_000 },
  });

const bed = () => {
  const published: PhoneSnapshot[] = [];
  const ordered: [string, PhoneCommand][] = [];
  const engine = { there: true };
  const relay = createPhoneRelay({
    now: () => 5_000,
    newId,
    newCommandId: () => crypto.randomUUID(),
    order: (id, command) => {
      if (engine.there) ordered.push([id, command]);
      return engine.there;
    },
    publish: (snapshot) => published.push(snapshot),
  });
  const report = (engineId: string, revision: number, calls: readonly Call[]): void =>
    relay.take({ ...relay.snapshot(), engineId, revision, calls });
  return { relay, published, ordered, engine, report };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the revision rises across engines', () => {
  const { published, report } = bed();
  report('a', 7, []);
  report('a', 8, []);
  report('b', 1, []);
  expect(published.map(({ revision, engineId }) => [revision, engineId])).toEqual([
    [1, 'a'],
    [2, 'a'],
    [3, 'b'],
  ]);
});

test('a snapshot is passed on before the report returns', () => {
  const { published, report } = bed();
  report('a', 1, [call()]);
  expect(published).toHaveLength(1);
});

test('calls that went down with the engine have ended by fault of the phone, and stay on screen a while', () => {
  const { relay, published, report } = bed();
  const lost = call();
  report('a', 1, [lost]);
  relay.engineLost();
  const end = { side: 'system', outcome: 'phone_failed' };
  expect(published.at(-1)).toMatchObject({
    registration: { state: 'unregistered' },
    calls: [{ callId: lost.callId, state: 'ended', endedAt: 5_000, end }],
  });
  report('b', 1, []);
  expect(relay.snapshot().calls).toHaveLength(1);
  vi.advanceTimersByTime(10_000);
  expect(relay.snapshot()).toMatchObject({ engineId: 'b', calls: [] });
});

test('a command gets the answer that carries its id', async () => {
  const { relay, ordered } = bed();
  const answer = relay.command({ kind: 'dial', number: '100' });
  const id = ordered[0]?.[0] ?? '';
  relay.answered(crypto.randomUUID(), { ok: false, why: 'busy' });
  relay.answered(id, { ok: true, value: { callId: null } });
  expect(await answer).toEqual({ ok: true, value: { callId: null } });
});

test('a command is refused while there is no engine, and when it dies with it', async () => {
  const { relay, engine } = bed();
  const waiting = relay.command({ kind: 'dial', number: '100' });
  relay.engineLost();
  expect(await waiting).toEqual({ ok: false, why: 'phone_restarting' });
  engine.there = false;
  expect(await relay.command({ kind: 'dial', number: '100' })).toEqual({
    ok: false,
    why: 'phone_restarting',
  });
});

test('a command that the engine never answers fails', async () => {
  const { relay } = bed();
  const waiting = relay.command({ kind: 'dial', number: '100' });
  vi.advanceTimersByTime(20_000);
  expect(await waiting).toEqual({ ok: false, why: 'phone_failed' });
});
