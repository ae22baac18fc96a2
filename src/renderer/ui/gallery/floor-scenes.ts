import { deskFixture } from './desk-fixture.ts';
import { emptyFloorOf, floorDayOf, floorOf } from './floor.ts';
import type { createMemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import type { Scene } from './scene-makers.ts';

const supervisor = (now: number): Scene => {
  const fixture = deskFixture(now);
  const { session } = fixture;
  if (session.state !== 'signed_in') return {};
  return {
    desk: {
      session: {
        ...session,
        user: {
          ...{ id: uuid(90), username: 'rosa', name: 'Rosa Lindner', extension: '1090' },
          role: 'supervisor',
        },
        capabilities: { ...session.capabilities, supervision: true },
      },
    },
  };
};

export const floorScenes = {
  floor: supervisor,
  'floor-thousand': supervisor,
  'floor-empty': supervisor,
  'floor-away': supervisor,
} as const satisfies Record<string, (now: number) => Scene>;

const done = { ok: true, value: null } as const;

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

export const floorHandlersOf = (
  bridge: Parameters<Parameters<typeof createMemoryBridge>[2]>[0],
  now: () => number,
): Pick<Handlers, 'floor.open' | 'floor.close' | 'floor.day'> => ({
  'floor.open': () => {
    const scene = new URLSearchParams(location.search).get('scene');
    bridge.emit(
      'floor.changed',
      scene === 'floor-empty'
        ? emptyFloorOf(now())
        : floorOf(now(), scene === 'floor-thousand' ? 1_000 : 30),
    );
    if (scene === 'floor-away')
      bridge.emit('floor.changed', { kind: 'away', since: now() - 95_000 });
    return done;
  },
  'floor.close': () => done,
  'floor.day': ({ from, to }) => ({ ok: true, value: floorDayOf(now(), from, to) }),
});
