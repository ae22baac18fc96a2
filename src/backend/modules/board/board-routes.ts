import { boardPushSchema } from '../../../shared/api/board.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { Board } from './board.ts';

export const boardRoutes = (app: App, board: Board): void => {
  app.get(
    '/board',
    {
      websocket: true,
      config: { access: 'supervisor' },
      schema: {
        summary:
          'WebSocket: what everybody is doing, then whoever changed; one JSON object a frame.',
        response: { 101: boardPushSchema },
      },
    },
    (socket, request) => {
      const { user, sessionId } = signedIn(request);
      const line = board.watch(user, sessionId, socket);
      socket.on('pong', line.alive);
      socket.on('close', line.closed);
      // A malformed or oversized frame ends the line; `close` follows.
      socket.on('error', line.closed);
    },
  );
};
