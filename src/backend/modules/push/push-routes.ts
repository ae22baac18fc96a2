import websocket from '@fastify/websocket';
import { pushSchema } from '../../../shared/api/push.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { Desks } from '../desk/desk-service.ts';
import type { PushHub } from './push-hub.ts';

/** Clients have nothing to say on this line. */
const maximumFrameBytes = 4_096;

export const registerWebSocket = async (app: App): Promise<void> => {
  await app.register(websocket, { options: { maxPayload: maximumFrameBytes } });
};

export const pushRoutes = (app: App, push: PushHub, desks: Desks): void => {
  app.get(
    '/push',
    {
      websocket: true,
      config: { access: 'agent' },
      schema: {
        summary: 'WebSocket: the desk first, then whatever changes in it; one JSON object a frame.',
        response: { 101: pushSchema },
      },
    },
    (socket, request) => {
      const { user, sessionId } = signedIn(request);
      const line = push.connect({ userId: user.id, sessionId }, socket, async () => ({
        kind: 'desk',
        desk: await desks.of(user),
      }));
      socket.on('pong', line.alive);
      socket.on('close', line.closed);
      // A malformed or oversized frame ends the line; `close` follows.
      socket.on('error', line.closed);
    },
  );
};
