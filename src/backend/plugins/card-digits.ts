import { requestWithoutCards } from '../../shared/domain/payment/free-text.ts';
import type { App } from '../app-type.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What it takes is no words of people, and much of it. */
    readonly holdsNoCards?: true;
  }
}

/** No route ever sees the digits of a card in what somebody wrote, so none can keep them. */
export const registerCardDigits = (app: App): void => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { holdsNoCards } = request.routeOptions.config;
    if (holdsNoCards !== true) request.body = requestWithoutCards(request.body);
    done();
  });
};
