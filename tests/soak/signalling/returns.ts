import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { responseTo, sipHeader } from '../../support/engine-page/scripted-pbx.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openSignallingPhone } from '../../support/signalling-phone.ts';

export type ReturnPlan = {
  readonly phones: number;
  /** How long the PBX is away after it was killed, one run for each. */
  readonly awayMs: readonly number[];
  readonly seed: number;
};

/** Registers everybody who asks. */
const startRegistrar = async (port: number) => {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    handleProtocols: () => 'sip',
    backlog: 511,
  });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const request = (data as Buffer).toString('utf8');
      if (!/^(?:REGISTER|OPTIONS) /u.test(request)) return;
      const response = responseTo(request, '200 OK', [
        `Contact: ${sipHeader(request, 'Contact')}`,
        'Content-Length: 0',
      ]);
      socket.send(response.replaceAll('\n', '\r\n'));
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    /** As a kill -9: every socket breaks, and the port refuses. */
    kill: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(resolve);
      }),
  };
};

const mostWithin = (timesMs: readonly number[], windowMs: number): number =>
  Math.max(
    ...timesMs.map((from) => timesMs.filter((at) => at >= from && at < from + windowMs).length),
  );

/** When each phone was registered again, ms after the kill. */
const returnsOf = async (phones: number, awayMs: number, seed: number) => {
  const random = seededRandom(seed);
  let registrar = await startRegistrar(0);
  const url = `ws://127.0.0.1:${registrar.port}/ws`;
  let killedAt = Number.POSITIVE_INFINITY;
  const returned = new Map<number, number>();
  const floor = Array.from({ length: phones }, (_, number) =>
    openSignallingPhone([url], {
      extension: String(1_000 + number),
      random,
      onRegistration: ({ state }) => {
        const now = performance.now();
        if (state === 'registered' && now > killedAt) returned.set(number, now - killedAt);
      },
    }),
  );
  try {
    await until(
      'all are registered',
      () => floor.every(({ latest }) => latest().state === 'registered'),
      60_000,
    );
    killedAt = performance.now();
    const { port } = registrar;
    await registrar.kill();
    await pause(awayMs);
    registrar = await startRegistrar(port);
    await until('all are registered again', () => returned.size === phones, 60_000);
    return [...returned.values()];
  } finally {
    for (const { agent } of floor) agent.stop();
    await pause(2_500);
    await registrar.kill();
  }
};

/** The phones' own code on real sockets: how a floor of them comes back after its PBX was killed. */
export const measureReturns = async (plan: ReturnPlan): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [run, awayMs] of plan.awayMs.entries()) {
    const seed = plan.seed + run;
    const awayS = awayMs / 1_000;
    progress(`${plan.phones} phones lose their PBX for ${awayS} s, seed ${seed}`);
    const returns = await returnsOf(plan.phones, awayMs, seed);
    const most = (mostWithin(returns, 1_000) / plan.phones) * 100;
    const lastS = Math.max(...returns) / 1_000;
    progress(`at most ${most} % in a second, the last after ${lastS.toFixed(1)} s`);
    const where = `PBX away ${awayS} s, seed ${seed}`;
    figures.push(
      ...[
        figureOf(`most phones back in any second (${where})`, most, '%', plan.phones, {
          atMost: 15,
        }),
        figureOf(`all phones back after the kill (${where})`, lastS, 's', plan.phones, {
          atMost: 30,
        }),
      ].map((figure) => ofPromise(5, figure)),
    );
  }
  return figures;
};
