import { afterEach, expect, test, vi } from 'vitest';
import { callTransition, offeredCall } from '../../shared/domain/call/call.ts';
import { newId } from '../new-id.ts';
import {
  card,
  cleanUp,
  closeDesks,
  deskState,
  openBoth,
  openDesk,
  signedIn,
  startBackend,
  user,
} from '../../../tests/support/desk-bed.ts';

afterEach(closeDesks);

test('before sign-in the desk says whether the backend is there, and what a demo shows', async () => {
  const { until } = await openBoth();
  await until(
    ({ backend, session: view }) =>
      backend.state === 'connected' && view.state === 'signed_out' && view.demoUsers !== null,
  );
});

test('without a backend the desk says so, and notices when it comes', async () => {
  const placeholder = await startBackend();
  await placeholder.stop();
  const { until } = openDesk(placeholder.port);
  await until(({ backend }) => backend.state === 'away');
  const backend = await startBackend(placeholder.port);
  cleanUp.push(backend.stop);
  await until(({ backend: view }) => view.state === 'connected');
});

test('a wrong password leaves the sign-in screen as it was', async () => {
  const { desk, store } = await openBoth();
  expect(await desk.ui['session.signIn']({ username: 'ana', password: 'x' })).toMatchObject({
    why: { code: 'wrong_password' },
  });
  expect(store.snapshot().session.state).toBe('signed_out');
});

test('signing in gives the engine its secret and the screen none', async () => {
  const { setups, seen, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ state: 'signed_in', user });
  expect(setups.at(-1)?.account?.password).toBe('canary-secret');
  await until(({ agent }) => agent !== null);
  expect(JSON.stringify(seen)).not.toContain('canary');
});

test('the phone dials by the country that the desk shows, also when the backend gets another', async () => {
  const { backend, setups, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ country: 'US' });
  expect(setups.at(-1)?.account?.country).toBe('US');
  await vi.waitFor(() => {
    backend.push({ kind: 'desk', desk: { ...deskState, country: 'ES' } });
    if (setups.at(-1)?.account?.country !== 'ES') throw new Error('still the old country');
  });
  await until(({ session: view }) => view.state === 'signed_in' && view.country === 'ES');
});

test('the phone is told what to do with calls that come in, and anew when it changes', async () => {
  const { backend, setups } = await signedIn();
  const incoming = () => setups.at(-1)?.incoming;
  expect(incoming()).toMatchObject({ autoAnswerQueues: [], directCalls: 'ring' });
  await vi.waitFor(() => {
    backend.push({ kind: 'agent', agent: { ...deskState.agent, state: { state: 'ready' } } });
    expect(incoming()?.autoAnswerQueues).toEqual(['support']);
  });
  await vi.waitFor(() => {
    backend.push({ kind: 'agent', agent: { ...deskState.agent, doNotDisturb: true } });
    expect(incoming()?.directCalls).toBe('refuse');
  });
  const told = setups.length;
  backend.push({ kind: 'agent', agent: { ...deskState.agent, doNotDisturb: true, revision: 2 } });
  backend.push({ kind: 'agent', agent: { ...deskState.agent, revision: 3 } });
  await vi.waitFor(() => expect(incoming()?.directCalls).toBe('ring'));
  expect(setups).toHaveLength(told + 1);
});

test('closing the program hangs up also what was answered by itself a moment ago', async () => {
  const { desk, commands } = await signedIn();
  const callId = crypto.randomUUID();
  const at = Date.now();
  const remote = { number: '1', name: '' };
  const offered = offeredCall({
    ...{ callId, callKey: 'k', queue: 'support', remote },
    stamp: { id: newId(at), at },
  });
  const answered = callTransition(offered, {
    ...{ kind: 'answered', automatic: true, stamp: { id: newId(at), at } },
  });
  const phone = await desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({
    ...{ ...phone, revision: 1 },
    calls: [answered.ok ? answered.value : offered],
  });
  await cleanUp.pop()?.();
  expect(commands).toEqual([{ kind: 'end', callId, leaving: true }]);
});

test('whether customers of the demo call by themselves is shown as the backend tells it', async () => {
  const { backend, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ demoEverySeconds: null });
  await vi.waitFor(() => {
    backend.push({ kind: 'demo_clock', everySeconds: 90 });
    const { session: view } = store.snapshot();
    if (view.state !== 'signed_in' || view.demoEverySeconds !== 90) throw new Error('not told');
  });
  backend.push({ kind: 'demo_clock', everySeconds: null });
  await until(({ session: view }) => view.state === 'signed_in' && view.demoEverySeconds === null);
});

test('why the phone has no account is on the desk until it has one', async () => {
  const { backend, desk, store, until } = await openBoth();
  backend.state.sipIsAway = true;
  await desk.ui['session.signIn']({ username: 'ana', password: 'right' });
  expect(store.snapshot().sipProblem).toBe('pbx_refused');
  await until(({ sipProblem }) => sipProblem === 'pbx_away');
  backend.state.sipIsAway = false;
  await until(({ sipProblem }) => sipProblem === null);
});

test('a card is on the desk as soon as it is pushed, and an older one changes nothing', async () => {
  const { backend, until, store } = await signedIn();
  await until(({ backend: view }) => view.state === 'connected');
  await vi.waitFor(() => {
    backend.push({ kind: 'card', card });
    if (store.snapshot().cards.length === 0) throw new Error('no card');
  });
  backend.push({ kind: 'card', card: { ...card, revision: 1, displayNumber: 'older' } });
  backend.push({ kind: 'card', card: { ...card, revision: 3, displayNumber: 'newer' } });
  await until(({ cards }) => cards[0]?.displayNumber === 'newer');
  backend.push({ kind: 'nonsense' });
  backend.push({ kind: 'card_gone', callKey: 'k' });
  await until(({ cards }) => cards.length === 0);
});

test('a lost backend is said, and the session goes on when it returns', async () => {
  const { backend, until, setups } = await signedIn();
  await until(({ backend: view }) => view.state === 'connected');
  await backend.stop();
  await until(({ backend: view }) => view.state === 'away');
  expect(setups.at(-1)?.account).not.toBeNull();
  const again = await startBackend(backend.port);
  cleanUp.push(again.stop);
  await until(
    ({ backend: view, session: who }) => view.state === 'connected' && who.state === 'signed_in',
  );
});

test('a session that the backend has forgotten ends as expired, and the phone lets go', async () => {
  const { backend, until, setups } = await signedIn();
  await backend.stop();
  const again = await startBackend(backend.port);
  cleanUp.push(again.stop);
  again.state.tokenKnown = false;
  await until(({ session: who }) => who.state === 'signed_out' && who.why === 'expired');
  expect(setups.at(-1)?.account).toBeNull();
});

test('signing in elsewhere ends the session here', async () => {
  const { backend, store, until } = await signedIn();
  await vi.waitFor(() => {
    backend.push({ kind: 'signed_out', why: 'signed_in_elsewhere' });
    if (store.snapshot().session.state === 'signed_in') throw new Error('still in');
  });
  await until(({ session: who }) => who.state === 'signed_out');
  expect(store.snapshot()).toMatchObject({ session: { why: 'signed_in_elsewhere' }, agent: null });
});

test('the facts of a call reach the backend without being asked for', async () => {
  const { desk, backend, until } = await signedIn();
  const at = Date.now();
  const call = offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'k',
    queue: 'support',
    remote: { number: '+15550100', name: '' },
    stamp: { id: newId(at), at },
  });
  const phone = desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({ ...(await phone), revision: 1, calls: [call] });
  await until(({ journal }) => journal.waiting === 0 && backend.events.length > 0);
  expect(backend.events[0]?.events[0]).toMatchObject({
    seq: 1,
    agentId: user.id,
    id: call.facts[0]?.id,
    body: { topic: 'ledger', fact: { kind: 'offered' } },
  });
});

test('signing out is refused while a call lives', async () => {
  const { desk, store } = await signedIn();
  const call = offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'k',
    queue: null,
    remote: { number: '1', name: '' },
    stamp: { id: newId(1), at: 1 },
  });
  const phone = await desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({ ...phone, revision: 1, calls: [call] });
  expect(await desk.ui['session.signOut'](null)).toMatchObject({
    why: { code: 'call_in_progress' },
  });
  desk.engine.reports['engine.snapshot']({ ...phone, revision: 2, calls: [] });
  expect(await desk.ui['session.signOut'](null)).toMatchObject({ ok: true });
  expect(store.snapshot().session).toMatchObject({ state: 'signed_out', why: 'signed_out' });
});
