import swagger from '@fastify/swagger';
import { apiPrefix } from '../../shared/api/routes.ts';
import type { App } from '../app-type.ts';

/** Collects the routes' schemas; registered before any of them. */
export const registerOpenApi = async (app: App, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ringside',
        description: 'The contact centre behind the desk: sessions, customers, contacts, events.',
        version,
      },
      components: {
        securitySchemes: {
          session: { type: 'http', scheme: 'bearer' },
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'Of another system; an administrator makes it in the program.',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access;
      return {
        url,
        schema: {
          ...schema,
          // The WebSocket plugin hides its routes; what they send is part of the API.
          hide: false,
          tags: [url.slice(apiPrefix.length + 1).split('/')[0] ?? ''],
          ...(access === 'public'
            ? {}
            : {
                security: [access?.includes(':') === true ? { token: [] } : { session: [] }],
                'x-access': access,
              }),
        },
      };
    },
  });
};
