import { reportSchema } from '../../shared/api/reports.ts';
import type { FloorEvent } from '../../shared/ipc/floor.ts';
import { failure, success } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import type { FloorLine } from './floor-line.ts';
import type { PushPorts } from './push-client.ts';

type FloorRequest = Extract<keyof UiHandlers, `floor.${string}`>;

export type Floor = {
  readonly handlers: Pick<UiHandlers, FloorRequest>;
  /** Nobody looks any more. */
  readonly close: () => void;
};

type FloorPorts = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request' | 'token'>;
  readonly random: () => number;
  readonly now: () => number;
  readonly openSocket: PushPorts['open'];
  readonly publish: (event: FloorEvent) => void;
};

/** What supervisors see of everybody: held only while the page is open. */
export const createFloor = ({ store, session, ...ports }: FloorPorts): Floor => {
  let line: FloorLine | null = null;
  /** Each opening and closing: a line that is opened too late belongs to nobody. */
  let turn = 0;

  const close = (): void => {
    turn += 1;
    line?.close();
    line = null;
  };

  store.subscribe((snapshot) => {
    if (line !== null && snapshot.session.state !== 'signed_in') close();
  });

  return {
    close,
    handlers: {
      'floor.open': async () => {
        close();
        const mine = turn;
        const token = session.token();
        if (token === null) return failure({ code: 'not_signed_in', detail: '' });
        // For supervisors alone, and not before they look.
        const { openFloorLine } = await import('./floor-line.ts');
        if (mine !== turn) return success(null);
        line = openFloorLine({ ...ports, token, backendUrl: store.snapshot().backendUrl });
        return success(null);
      },
      'floor.close': () => {
        close();
        return success(null);
      },
      'floor.day': ({ from, to }) => {
        const query = new URLSearchParams({
          by: 'queue',
          interval: '30',
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        });
        return session.request({
          method: 'GET',
          path: `/reports?${query.toString()}`,
          answer: reportSchema,
        });
      },
    },
  };
};
