import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { contactSummarySchema } from './records.ts';

/** GET /contacts: the agent's own contacts, the newest first, page by page. */

export const historyShowSchema = Type.Enum(['all', 'missed', 'inbound', 'outbound']);

/** Where a page begins: behind the contact that was last on the one before. */
const cursorSchema = Type.String({
  pattern: '^\\d{1,15}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
});

export const historyQuerySchema = Type.Object(
  {
    /** Words in names, company, queue, notes or wrap-up code, or digits of a number in any notation. */
    search: Type.Optional(Type.String({ maxLength: 128 })),
    show: Type.Optional(historyShowSchema),
    before: Type.Optional(cursorSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);

export const historyPageSchema = Type.Object({
  contacts: Type.Array(contactSummarySchema),
  /** `before` of the next page; null: there is none. */
  next: Type.Union([cursorSchema, Type.Null()]),
});

export type HistoryShow = Immutable<Static<typeof historyShowSchema>>;
export type HistoryQuery = Immutable<Static<typeof historyQuerySchema>>;
export type HistoryPage = Immutable<Static<typeof historyPageSchema>>;
