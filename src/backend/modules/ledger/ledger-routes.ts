import { Type } from 'typebox';
import { eventBatchSchema, eventReceiptSchema, maximumBatch } from '../../../shared/api/events.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { InvalidInput } from '../../plugins/validation.ts';
import type { Ledger } from './ledger-service.ts';

/** Room for a batch of wrap-ups with long notes. */
const bodyLimit = 16 * 1024 * 1024;

const isBatch = (body: unknown): body is { readonly events: readonly unknown[] } =>
  typeof body === 'object' && body !== null && 'events' in body && Array.isArray(body.events);

export const ledgerRoutes = (app: App, ledger: Ledger): void => {
  app.post(
    '/events',
    {
      config: { access: 'agent' },
      bodyLimit,
      schema: {
        summary: 'A piece of a journal: each event is stored once and answered for by itself.',
        body: Type.Unsafe<unknown>(eventBatchSchema),
        response: { 200: eventReceiptSchema },
      },
      // Only the envelope: a bad event refuses itself, not its neighbours.
      validatorCompiler: () => (body: unknown) => {
        if (!isBatch(body)) return { error: new InvalidInput('body lacks events') };
        const { length } = body.events;
        return length < 1 || length > maximumBatch
          ? { error: new InvalidInput(`body/events must hold 1 to ${String(maximumBatch)} events`) }
          : { value: body };
      },
    },
    (request) => {
      const { events } = request.body as { readonly events: readonly unknown[] };
      return ledger.store(signedIn(request).user.id, events);
    },
  );
};
