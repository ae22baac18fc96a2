import type { SipEdge } from '../../../shared/api/routes.ts';
import type { Logger } from '../log.ts';
import { orderEdges } from './edge-order.ts';
import type { SocketLike } from './socket-like.ts';

/** Between these a trial falls, so that a floor of phones does not return in step. */
const soonestMs = 30_000;
const latestMs = 60_000;
const opensWithinMs = 6_000;
const provenBy = 3;
const mostTrials = 48;

export type EdgeTrials = {
  /** Begins to try edges better than this one; nothing to do on the best. */
  readonly watch: (current: SipEdge) => void;
  readonly stop: () => void;
};

/**
 * Watches for a better edge to come back. A trial opens a WebSocket, says nothing and closes it: SIP never goes by two
 * edges. An edge that opened several times in a row is proven, and after each return more often than before, so that one
 * that is up by turns is not followed.
 */
export const createEdgeTrials = (ports: {
  readonly edges: readonly SipEdge[];
  readonly open: (url: string) => SocketLike;
  readonly isIdle: () => boolean;
  readonly onProven: () => void;
  readonly random: () => number;
  readonly log: Logger;
}): EdgeTrials => {
  let needed = provenBy;
  let good = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trial: SocketLike | null = null;

  const stop = () => {
    clearTimeout(timer);
    if (trial === null) return;
    trial.onopen = trial.onclose = trial.onerror = trial.onmessage = null;
    try {
      trial.close();
    } catch (error) {
      ports.log.debug('closing a trial failed', { error: String(error) });
    }
    trial = null;
  };

  const schedule = (better: readonly SipEdge[]) => {
    stop();
    timer = setTimeout(() => attempt(better), soonestMs + ports.random() * (latestMs - soonestMs));
  };

  const attempt = (better: readonly SipEdge[]) => {
    const [edge] = orderEdges(better, ports.random);
    if (edge === undefined) return;
    const settle = (opened: boolean) => {
      stop();
      good = opened ? good + 1 : 0;
      if (good >= needed && ports.isIdle()) {
        good = 0;
        needed = Math.min(mostTrials, needed * 2);
        ports.log.info('a better edge is proven', { host: new URL(edge.url).host });
        ports.onProven();
      } else schedule(better);
    };
    try {
      trial = ports.open(edge.url);
    } catch {
      // An address that cannot even be opened, such as one that the page's policy forbids.
      settle(false);
      return;
    }
    timer = setTimeout(() => settle(false), opensWithinMs);
    trial.onopen = () => settle(true);
    trial.onclose = () => settle(false);
  };

  return {
    watch: (current) => {
      good = 0;
      const better = ports.edges.filter(({ priority }) => priority < current.priority);
      if (better.length > 0) schedule(better);
      else stop();
    },
    stop,
  };
};
