import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { seededRandom } from '../../support/seeded-random.ts';

/** Thousands of agents with open desks who change their state now and then: the load, in a thread of its own. */
export type AgentsGiven = {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly everyMs: number;
  readonly forMs: number;
  readonly seed: number;
};

/** A change that was asked for: whose, which revision it made, and when (ns of the process's monotonic clock). */
export type AskedChange = {
  readonly id: string;
  readonly revision: number;
  readonly askedNs: bigint;
};

export type AgentsSaid =
  | { readonly kind: 'lines_open' }
  | { readonly kind: 'done'; readonly changes: readonly AskedChange[]; readonly refused: number };

const lineBatch = 50;

/** Answers the agent's id. */
const openDesk = (url: string, token: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/push`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.once('error', fail);
    socket.once('message', (data: Buffer) => {
      const first = JSON.parse(data.toString()) as { readonly desk: { user: { id: string } } };
      done(first.desk.user.id);
    });
  });

const work = async ({ url, tokens, everyMs, forMs, seed }: AgentsGiven): Promise<AgentsSaid> => {
  const ids: string[] = [];
  for (let from = 0; from < tokens.length; from += lineBatch) {
    const batch = tokens.slice(from, from + lineBatch);
    ids.push(...(await Promise.all(batch.map((token) => openDesk(url, token)))));
  }
  parentPort?.postMessage({ kind: 'lines_open' } satisfies AgentsSaid);

  const random = seededRandom(seed);
  const changes: AskedChange[] = [];
  let refused = 0;
  const begunAt = performance.now();
  const change = async (id: string, token: string, ready: boolean): Promise<void> => {
    const askedNs = process.hrtime.bigint();
    const wish = ready ? { kind: 'ready' } : { kind: 'not_ready', reason: 'lunch' };
    const answer = await fetch(`${url}/agent/wish`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ wish }),
    });
    const body = (await answer.json()) as { readonly revision: number };
    if (answer.status === 200) changes.push({ id, revision: body.revision, askedNs });
    else refused += 1;
  };
  await Promise.all(
    tokens.map(async (token, index) => {
      let ready = true;
      let at = random() * everyMs;
      for (; at < forMs; at += everyMs) {
        await pause(Math.max(0, begunAt + at - performance.now()));
        await change(ids[index] ?? '', token, ready);
        ready = !ready;
      }
    }),
  );
  return { kind: 'done', changes, refused };
};

// What the bench gives to this thread.
parentPort?.postMessage(await work(workerData as AgentsGiven));
