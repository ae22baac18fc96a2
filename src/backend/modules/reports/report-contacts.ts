import type { ReportContacts, ReportContactsQuery } from '../../../shared/api/report-sheet.ts';
import type { User } from '../../../shared/api/records.ts';
import { displayNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { drillDownOf } from '../../../shared/domain/reporting/drill-down.ts';
import { isMeaningful } from '../../../shared/domain/reporting/figures.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { findVisible } from '../contacts/contact-access.ts';
import {
  listReportContacts,
  type ContactsAsked,
  type ContactsRow,
} from './report-contacts-repository.ts';
import { sightOf } from './report-sight.ts';

/** The contacts that a figure of a report is made of. */
export type ReportContactLists = {
  readonly page: (user: User, query: ReportContactsQuery) => Promise<Answer<ReportContacts>>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
};

const usualLimit = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const placeOf = (after: string | undefined): ContactsAsked['after'] => {
  if (after === undefined) return null;
  const dash = after.indexOf('_');
  return { place: Number(after.slice(0, dash)), id: after.slice(dash + 1) };
};

export const createReportContactLists = ({
  database,
  now,
  country,
}: Needs): ReportContactLists => ({
  page: async (user, query) => {
    const { figure, by, view, key, from, to, cause, after, limit = usualLimit } = query;
    const drill = drillDownOf(figure, view);
    const sight = await sightOf(database, user, by);
    const isTold = isMeaningful(figure, { subject: by, someAgents: sight.agentIds !== null });
    if (drill === null || !isTold) {
      return refused('invalid', 'query/figure is not made of contacts in such a line');
    }
    if (to <= from) return refused('invalid', 'query/to must be later than query/from');
    const nobody = by === 'agent' && key !== undefined && !uuid.test(key);
    const rows = nobody
      ? []
      : await listReportContacts(
          database,
          {
            ...{ drill, by, from, to, limit, ...sight },
            ...{ key: key ?? null, cause: cause ?? null, after: placeOf(after) },
          },
          now(),
        );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    // A queue's figures are of everybody who serves it: what others have is counted, and not told.
    const ids = page.flatMap(({ contactId }) => contactId ?? []);
    const visible = await findVisible(database, user, ids);
    const isHidden = ({ contactId }: ContactsRow): boolean =>
      contactId !== null && !visible.has(contactId);
    return success({
      contacts: page.map((given) => {
        const { customerName, remoteName, number, place: _place, ...row } = given;
        const name = remoteName === '' ? displayNumber(number, country) : remoteName;
        return isHidden(given)
          ? { ...row, contactId: null, agent: null, who: '' }
          : { ...row, who: customerName ?? name };
      }),
      next: rows.length > limit && last !== undefined ? `${String(last.place)}_${last.id}` : null,
    });
  },
});
