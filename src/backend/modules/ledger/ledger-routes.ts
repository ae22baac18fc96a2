import { Type } from 'typebox';
import { eventReceiptSchema, maximumBatch, type EventReceipt } from '../../../shared/api/events.ts';
import { outboxBatchSchema } from '../../../shared/api/outbox.ts';
import {
  refusedEventsQuerySchema,
  refusedEventsSchema,
} from '../../../shared/api/refused-events.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { App } from '../../app-type.ts';
import type { Log } from '../../log.ts';
import { signedIn } from '../../plugins/access.ts';
import { InvalidInput } from '../../plugins/validation.ts';
import type { Ledger } from './ledger-service.ts';
import type { Refused, RefusedEventStore } from './refused-events.ts';

/** Room for a batch of wrap-ups with long notes. */
const bodyLimit = 16 * 1024 * 1024;

const isBatch = (body: unknown): body is { readonly events: readonly unknown[] } =>
  typeof body === 'object' && body !== null && 'events' in body && Array.isArray(body.events);

const idOf = (event: unknown): string =>
  typeof event === 'object' && event !== null && 'id' in event && typeof event.id === 'string'
    ? event.id.slice(0, 64)
    : '';

/** Each refusal with the event that it is of; of several with one id, the ones that were not refused before. */
const withTheirEvents = (
  events: readonly unknown[],
  refused: EventReceipt['refused'],
): readonly Refused[] => {
  const byId = groupBy(events, idOf);
  const taken = new Map<string, number>();
  return refused.map(({ id, why }) => {
    const same = byId.get(id) ?? [];
    // Of two with one id it was the later one that contradicted.
    const place = same.length - 1 - (taken.get(id) ?? 0);
    taken.set(id, (taken.get(id) ?? 0) + 1);
    return { id, why, event: same[Math.max(0, place)] };
  });
};

export const ledgerRoutes = (
  app: App,
  ledger: Pick<Ledger, 'store'>,
  refusedEvents: RefusedEventStore,
  log: Log,
): void => {
  app.post(
    '/events',
    {
      config: { access: 'agent' },
      bodyLimit,
      schema: {
        summary: 'A piece of a journal: each event is stored once and answered for by itself.',
        body: Type.Unsafe<unknown>(outboxBatchSchema),
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
    async (request) => {
      const { events } = request.body as { readonly events: readonly unknown[] };
      const { id: agentId } = signedIn(request).user;
      const receipt = await ledger.store(agentId, events);
      const kept = refusedEvents.keep(agentId, withTheirEvents(events, receipt.refused));
      // They were refused whether they are kept here or not; the desk keeps them too.
      await kept.catch((error: unknown) => {
        log.warn({ error, agentId }, 'refused events were not kept');
      });
      return receipt;
    },
  );

  app.get(
    '/events/refused',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Events that could never be taken, as they came, and why.',
        querystring: refusedEventsQuerySchema,
        response: { 200: refusedEventsSchema },
      },
    },
    (request) => refusedEvents.list(request.query.agentId),
  );
};
