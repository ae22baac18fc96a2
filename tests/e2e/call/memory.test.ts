import { becomeReady } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { workACall } from '../../support/reliability/busy-shift.ts';
import { countedBy } from '../../support/reliability/held-by.ts';
import { namedIn } from '../../support/reliability/named-in.ts';

/** Hold, mute, consent, a question, three talking: by their numbers in a shift. */
const deeds = [0, 1, 2, 3, 4] as const;
/** Each deed once before the first look: code is compiled and caches are filled by then. The last one is the same at both. */
const [warmUp, calls] = [5, 15] as const;
/** An ended call stays on the screen for some seconds. */
const forgottenWithinMs = 20_000;
/** What nobody needs any more may wait for a later collection. */
const collectedWithinMs = 20_000;

type Counted = Awaited<ReturnType<typeof countedBy>>;

/**
 * So many of these every call would leave behind at the least, were it kept. A graph of sound and a part of a page are
 * many objects, and a few of them are made only once, in whichever call.
 */
const leftByOne: readonly (readonly [string, number, (counted: Counted) => number])[] = [
  ['engine, peer connections', 1, ({ engine }) => engine.RTCPeerConnection],
  ['engine, audio contexts', 1, ({ engine }) => engine.AudioContext],
  ['engine, media tracks', 1, ({ engine }) => engine.MediaStreamTrack],
  ['engine, event listeners', 1, ({ engine }) => engine.listeners],
  ['engine, audio nodes', 3, ({ engine }) => engine.AudioNode],
  ['window, event listeners', 1, ({ ui }) => ui.listeners],
  ['window, DOM nodes, those outside of the page too', 10, ({ ui }) => ui.nodes],
  ['main, timers and handles', 1, ({ main }) => main.resources],
  ['program, open files and sockets', 1, ({ system }) => system.handles],
  ['program, processes', 1, ({ system }) => system.processes],
];

const untilForgotten = (desk: DeskApp): Promise<void> =>
  expect
    .poll(async () => (await desk.phoneSnapshot()).calls, { timeout: forgottenWithinMs })
    .toEqual([]);

test('fifteen calls after the first five leave nothing behind in any process of the desk', async ({
  alice,
}) => {
  test.setTimeout(200_000);
  await becomeReady(alice);
  const callIds: string[] = [];
  const work = async (count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1) {
      await workACall(alice, deeds[number % deeds.length] ?? 0);
      const { finished } = await alice.deskSnapshot();
      if (finished !== null) callIds.push(finished.callId);
    }
    await untilForgotten(alice);
  };
  await work(warmUp);
  const before = await countedBy(alice);
  await work(calls);
  expect(new Set(callIds).size).toBe(warmUp + calls);

  let grown: readonly string[] = [];
  const whatGrew = async (): Promise<readonly string[]> => {
    const after = await countedBy(alice);
    const by = leftByOne.map(([name, atLeast, read]) => ({
      name,
      more: read(after) - read(before),
      bound: atLeast * calls,
    }));
    grown = by.filter(({ more }) => more > 0).map(({ name, more }) => `${name}: ${more}`);
    return by
      .filter(({ more, bound }) => more >= bound)
      .map(({ name, more }) => `${name}: ${more}`);
  };
  await expect
    .poll(whatGrew, { message: 'more than before', timeout: collectedWithinMs })
    .toEqual([]);
  test.info().annotations.push({ type: 'more than before', description: grown.join(', ') });

  // The last call stays at hand until the next one.
  const named = await namedIn(alice, callIds.slice(0, -1));
  test.info().annotations.push({ type: 'still named by', description: JSON.stringify(named) });
  for (const [process, count] of Object.entries(named)) {
    expect(count, `${process}: what still names a call`).toBeLessThan(callIds.length / 2);
  }
});
