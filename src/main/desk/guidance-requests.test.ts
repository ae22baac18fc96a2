import { expect, test } from 'vitest';
import type { GuidanceBook } from '../../shared/api/guidance.ts';
import type { SessionView } from '../../shared/ipc/desk.ts';
import { failure, success } from '../../shared/result.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import { guidanceRequests } from './guidance-requests.ts';

const bookOf = (version: string): GuidanceBook => ({
  ...{ version, queues: [], scripts: [], policies: [], macros: [] },
});

const bed = () => {
  const state = { userId: 'ana', version: 'one', isAway: false, asked: 0 };
  const request: DeskSession['request'] = () => {
    state.asked += 1;
    const answer = state.isAway
      ? failure({ code: 'backend_away' as const, detail: '' })
      : success(bookOf(state.version));
    // The one request of this test has this answer.
    return Promise.resolve(answer) as ReturnType<DeskSession['request']> as never;
  };
  const session = (): SessionView =>
    ({ state: 'signed_in', guidance: state.version }) as SessionView;
  const store = { snapshot: () => ({ session: session() }) } as DeskStore;
  const handlers = guidanceRequests({ request, userId: () => state.userId }, store, () =>
    success(null),
  );
  const version = async () => {
    const answer = await handlers['guidance.book'](null);
    return answer.ok ? answer.value.version : answer.why.code;
  };
  return { state, version };
};

test('the book that is in force is asked for once, and is there while the backend is away', async () => {
  const { state, version } = bed();
  expect(await version()).toBe('one');
  state.isAway = true;
  expect(await version()).toBe('one');
  expect(state.asked).toBe(1);
});

test('another book, and another agent, have it asked for anew', async () => {
  const { state, version } = bed();
  await version();
  state.version = 'two';
  expect(await version()).toBe('two');
  state.userId = 'tom';
  await version();
  expect(state.asked).toBe(3);
  state.version = 'three';
  state.isAway = true;
  expect(await version()).toBe('backend_away');
});
