import { describe, expect, test } from 'vitest';
import type { BoardAgent, BoardPush } from '../../../../shared/api/board.ts';
import { floorOf } from '../../gallery/floor.ts';
import { dayPoints } from './day-points.ts';
import { floorAfter, type FloorKept } from './floor-store.ts';
import { floorView, heldOrder, limitsOf, noFilter } from './floor-view.ts';

const now = 1_800_000_000_000;
const board = floorOf(now, 40);

const kept: FloorKept = {
  line: 'opening',
  awaySince: null,
  revision: 0,
  terms: null,
  agents: new Map(),
  queues: new Map(),
};

const after = (...events: readonly Parameters<typeof floorAfter>[1][]): FloorKept | null =>
  events.reduce<FloorKept | null>(
    (all, event) => (all === null ? null : floorAfter(all, event)),
    kept,
  );

const changed = (
  revision: number,
  part: Partial<Extract<BoardPush, { kind: 'board_changed' }>> = {},
) => ({ kind: 'board_changed' as const, revision, agents: [], gone: [], queues: [], ...part });

const [first] = board.agents;
if (first === undefined) throw new Error('nobody is on the floor');

describe('the floor', () => {
  test('is whole with its first message, and each change replaces its agent alone', () => {
    const renamed: BoardAgent = { ...first, name: 'Ana Maria' };
    const floor = after(board, changed(1, { agents: [renamed] }), changed(2));
    expect(floor).toMatchObject({ line: 'up', revision: 2 });
    expect(floor?.agents.get(first.id)).toBe(renamed);
    const [, second] = board.agents;
    expect(floor?.agents.get(second?.id ?? '')).toBe(second);
  });

  test('lets go of who is gone, and takes no message twice', () => {
    const floor = after(board, changed(1, { gone: [first.id] }), changed(1, { agents: [first] }));
    expect(floor?.agents.has(first.id)).toBe(false);
  });

  test('asks for everything when a message is missing', () => {
    expect(after(board, changed(2))).toBeNull();
  });

  test('shows since when it stands still, and stands so until everything came again', () => {
    const away = after(board, { kind: 'away', since: now }, changed(1, { gone: [first.id] }));
    expect(away).toMatchObject({ line: 'away', awaySince: now });
    expect(away?.agents.has(first.id)).toBe(true);
    expect(after(board, { kind: 'away', since: now }, board)).toMatchObject({
      line: 'up',
      awaySince: null,
    });
  });

  const limits = limitsOf(board.terms);
  const view = (filter: Partial<typeof noFilter>) =>
    floorView(board.agents, { ...noFilter, ...filter }, limits, now);

  test('counts everybody once, whatever state is looked at', () => {
    const { counts, total } = view({ state: 'ready' });
    expect(total).toBe(40);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(view({ state: 'ready' }).ids).toHaveLength(counts.ready);
  });

  test('is filtered by team, queue, need and words', () => {
    const byId = new Map(board.agents.map((agent) => [agent.id, agent]));
    expect(view({ team: 'north' }).ids.every((id) => byId.get(id)?.team === 'north')).toBe(true);
    expect(view({ queue: 'sales' }).ids.every((id) => byId.get(id)?.queues.includes('sales'))).toBe(
      true,
    );
    expect(view({ risky: true }).ids).toHaveLength(view({}).risky);
    expect(view({ text: first.extension }).ids).toEqual([first.id]);
    expect(view({ text: 'nobody is called so' }).ids).toEqual([]);
  });

  test('leaves out supervisors who take no calls', () => {
    const rosa: BoardAgent = { ...first, id: 'rosa', role: 'supervisor', queues: [], calls: [] };
    expect(floorView([rosa], noFilter, limits, now).total).toBe(0);
  });

  test('keeps its order while somebody points at it', () => {
    expect(heldOrder(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual(['a', 'c', 'd']);
  });
});

describe('the day', () => {
  const halfHour = 1_800_000;
  const line = (from: number, key: string, offered: number, share: number) => ({
    ...{ from, to: from + halfHour, local: '', key, name: key, missedByCause: {} },
    // Only these are read.
    figures: {
      offered,
      answered: offered,
      abandoned: 0,
      shortAbandons: 0,
      serviceLevel: share,
    } as never,
  });

  test('adds up queues by their calls, and has its quiet half hours', () => {
    const lines = [line(0, 'a', 10, 1), line(0, 'b', 30, 0.5), line(2 * halfHour, 'a', 4, 0.25)];
    const points = dayPoints(lines, null, 2 * halfHour + 1);
    expect(points.map(({ offered, serviceLevel }) => [offered, serviceLevel])).toEqual([
      [40, 25 / 40],
      [0, null],
      [4, 1 / 4],
    ]);
    expect(dayPoints(lines, new Set(['b']), 1)).toMatchObject([{ offered: 30, serviceLevel: 0.5 }]);
    expect(dayPoints([], null, 1)).toEqual([]);
  });
});
