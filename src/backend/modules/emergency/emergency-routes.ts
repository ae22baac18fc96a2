import {
  knownAddressSchema,
  putNetworkSchema,
  putPlaceAddressSchema,
} from '../../../shared/api/emergency.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import { Type } from 'typebox';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { Emergencies } from './emergencies.ts';

export const emergencyRoutes = (app: App, emergencies: Emergencies): void => {
  app.put(
    '/emergency/network',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The desk is in this network now; answers what address was confirmed for it.',
        body: putNetworkSchema,
        response: { 200: knownAddressSchema, 400: problemSchema },
      },
    },
    (request) => emergencies.moved(signedIn(request).user.id, request.body.network),
  );
  app.put(
    '/emergency/address',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Where the agent is, for calls for help from this network.',
        body: putPlaceAddressSchema,
        response: { 204: Type.Null(), 400: problemSchema },
      },
    },
    async (request, reply) => {
      const { network, address } = request.body;
      await emergencies.confirm(signedIn(request).user.id, network, address);
      return reply.code(204).send(null);
    },
  );
};
