import { success } from '../../../shared/result.ts';
import type { RepeatedAsk } from '../ask.ts';
import { htmlOfCall } from '../call-text.ts';
import type { CallRecord, Connection, Logged, Opened } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { ownMarksOf, withOwnPart } from '../own-part.ts';
import { dispositionsSchema, type HubSpotObject } from './hubspot-answers.ts';
import { paths, recordPage, type Association, type HubSpotRequests } from './hubspot-requests.ts';

/** HubSpot's own property for the id that a call has in the system that made it; nobody has to create it. */
const keyProperty = 'hs_call_external_id';

const bodyOf = (call: CallRecord, existing: string): string => {
  const marks = ownMarksOf(call.callId);
  return withOwnPart(existing, marks, `<p>${marks.begin}</p>${htmlOfCall(call, marks.end)}`);
};

const numbersOf = ({ direction, customerNumber, companyNumber }: CallRecord) => {
  const isInbound = direction === 'inbound';
  const from = isInbound ? customerNumber : companyNumber;
  const to = isInbound ? companyNumber : customerNumber;
  return {
    ...(from === '' ? {} : { hs_call_from_number: from }),
    ...(to === '' ? {} : { hs_call_to_number: to }),
  };
};

/** What may have changed when there is news of a call. */
const newsOf = ({ talkSeconds, mappedDisposition }: CallRecord) => ({
  hs_call_duration: String(Math.max(0, Math.round(talkSeconds * 1_000))),
  ...(mappedDisposition === undefined ? {} : { hs_call_disposition: mappedDisposition }),
});

/** Every value is a text, times and lengths (ms) too. */
const propertiesOf = (call: CallRecord): Readonly<Record<string, string>> => ({
  hs_timestamp: new Date(call.startedAt).toISOString(),
  hs_call_title: call.title,
  hs_call_body: bodyOf(call, ''),
  hs_call_direction: call.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
  hs_call_status: call.answeredAt === undefined ? 'NO_ANSWER' : 'COMPLETED',
  [keyProperty]: call.callId,
  ...numbersOf(call),
  ...newsOf(call),
});

const associationsOf = ({ person, ticket }: CallRecord): readonly Association[] => [
  ...(person === undefined ? [] : [{ kind: 'calls contacts', id: person.id } as const]),
  ...(ticket === undefined ? [] : [{ kind: 'calls tickets', id: ticket.id } as const]),
];

export const callsOf = (
  requests: HubSpotRequests,
  { facts }: Pick<Opened, 'facts'>,
): Required<Pick<Connection, 'logCall' | 'updateCall' | 'dispositions'>> => {
  const loggedAs = (id: string): Logged => ({
    type: 'call',
    id,
    url: recordPage(facts, 'calls', id),
  });

  /**
   * By what it hangs on where that is known, since searches are behind; by a search where nobody was known, also at the first
   * attempt alone.
   */
  const findLogged = async (
    { callId, person, ticket }: CallRecord,
    ask: RepeatedAsk,
  ): Promise<Outcome<HubSpotObject | null>> => {
    const properties = [keyProperty];
    const isOwn = ({ properties: { [keyProperty]: key } }: HubSpotObject) => key === callId;
    const from = ticket
      ? ({ type: 'tickets', id: ticket.id } as const)
      : person && ({ type: 'contacts', id: person.id } as const);
    if (from !== undefined) {
      const hanging = await requests.associated(from, 'calls', properties, ask);
      if (!hanging.ok) return hanging;
      const own = hanging.value.find(isOwn);
      if (own !== undefined) return success(own);
    }
    const filters = [{ propertyName: keyProperty, operator: 'EQ' as const, value: callId }];
    const search = { filterGroups: [{ filters }], properties, limit: 1 };
    const found = await requests.search('calls', search, ask);
    return found.ok ? success(found.value.find(isOwn) ?? null) : found;
  };

  return {
    logCall: async (call, ask) => {
      if (ask.mayExist) {
        const found = await findLogged(call, ask);
        if (!found.ok) return found;
        if (found.value !== null) return success(loggedAs(String(found.value.id)));
      }
      const made = await requests.create('calls', propertiesOf(call), associationsOf(call), ask);
      return made.ok ? success(loggedAs(String(made.value.id))) : made;
    },
    updateCall: async (logged, call, ask) => {
      const read = await requests.show('calls', logged.id, ['hs_call_body'], ask);
      if (!read.ok) return read;
      const hs_call_body = bodyOf(call, read.value.properties['hs_call_body'] ?? '');
      const own = { hs_call_body, ...newsOf(call) };
      const changed = await requests.change('calls', logged.id, own, ask);
      return changed.ok ? success(loggedAs(logged.id)) : changed;
    },
    dispositions: async (ask) => {
      const asked = { what: 'list dispositions', method: 'GET', path: paths.dispositions } as const;
      const found = await requests.ask(asked, dispositionsSchema, ask);
      if (!found.ok) return found;
      const current = found.value.filter(({ deleted }) => deleted !== true);
      return success(current.map(({ id, label }) => ({ id, label })));
    },
  };
};
