import { Type } from 'typebox';
import { favouritesSchema } from '../../shared/api/favourites.ts';
import { historyPageSchema } from '../../shared/api/history.ts';
import { reportSchema } from '../../shared/api/reports.ts';
import {
  contactCardSchema,
  contactSchema,
  contactSummarySchema,
  customerSchema,
  customerSummarySchema,
} from '../../shared/api/records.ts';
import { demoCallAnswerSchema, transferTargetsSchema } from '../../shared/api/routes.ts';
import { ownShiftChecksSchema, shiftChecksSchema } from '../../shared/api/shift-checks.ts';
import { surveyLinkSchema, surveyOfferSchema } from '../../shared/api/surveys.ts';
import { success } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { CallLedger } from '../ledger/call-ledger.ts';
import type { DeskSession } from './desk-session.ts';
import { withCard, type DeskStore } from './desk-store.ts';
import { guidanceRequests } from './guidance-requests.ts';

const foundLimit = 20;
const recentLimit = 50;
/** Of calls before these nobody asks any more. */
const keptOffers = 50;
const foundSchema = Type.Object({ customers: Type.Array(customerSummarySchema) });
const recentSchema = Type.Object({ contacts: Type.Array(contactSummarySchema) });

type BackendRequest = Extract<
  keyof UiHandlers,
  | `customers.${string}`
  | `contacts.${string}`
  | `favourites.${string}`
  | 'reports.myDay'
  | `targets.${string}`
  | `missed.${string}`
  | `demo.${string}`
  | `surveys.${string}`
  | 'check.mine'
  | 'check.ofAgent'
  | `guidance.${string}`
>;

/** The UI's requests that the backend answers, as they are. */
export const backendRequests = (
  { request, userId }: Pick<DeskSession, 'request' | 'userId'>,
  store: DeskStore,
  { guide }: Pick<CallLedger, 'guide'>,
): Pick<UiHandlers, BackendRequest> => ({
  ...guidanceRequests({ request, userId }, store, guide),
  'check.mine': () =>
    request({ method: 'GET', path: '/shift-checks/mine', answer: ownShiftChecksSchema }),
  'check.ofAgent': ({ agentId }) =>
    request({ method: 'GET', path: `/agents/${agentId}/shift-checks`, answer: shiftChecksSchema }),
  'surveys.offer': async (offer) => {
    const path = '/surveys/offers';
    const answer = await request({ method: 'PUT', path, body: offer, answer: surveyOfferSchema });
    if (answer.ok) {
      const { surveyOffers = [] } = store.snapshot();
      const others = surveyOffers.filter(({ callKey }) => callKey !== offer.callKey);
      store.update({ surveyOffers: [...others, offer].slice(-keptOffers) });
    }
    return answer;
  },
  'surveys.link': (body) =>
    request({ method: 'POST', path: '/surveys/links', body, answer: surveyLinkSchema }),
  'customers.search': async ({ text }) => {
    const query = new URLSearchParams({ search: text, limit: String(foundLimit) });
    const path = `/customers?${query.toString()}`;
    const answer = await request({ method: 'GET', path, answer: foundSchema });
    return answer.ok ? success(answer.value.customers) : answer;
  },
  'customers.open': ({ customerId }) =>
    request({ method: 'GET', path: `/customers/${customerId}`, answer: customerSchema }),
  'customers.create': (customer) =>
    request({ method: 'POST', path: '/customers', body: customer, answer: customerSchema }),
  'customers.link': async ({ contactId, customerId }) => {
    const answer = await request({
      method: 'POST',
      path: `/contacts/${contactId}/customer`,
      body: { customerId },
      answer: contactCardSchema,
    });
    if (!answer.ok) return answer;
    const { cards } = store.snapshot();
    // A card that is no longer on the desk does not come back by this.
    if (cards.some((card) => card.contactId === contactId)) {
      store.update({ cards: withCard(cards, answer.value) });
    }
    return success(null);
  },
  'contacts.recent': async () => {
    const path = `/contacts?limit=${recentLimit}`;
    const answer = await request({ method: 'GET', path, answer: recentSchema });
    return answer.ok ? success(answer.value.contacts) : answer;
  },
  'contacts.open': ({ contactId }) =>
    request({ method: 'GET', path: `/contacts/${contactId}`, answer: contactSchema }),
  'contacts.search': ({ search, show, before }) => {
    const query = new URLSearchParams({
      ...(search === undefined ? {} : { search }),
      ...(show === undefined ? {} : { show }),
      ...(before === undefined ? {} : { before }),
    });
    const path = `/contacts?${query.toString()}`;
    return request({ method: 'GET', path, answer: historyPageSchema });
  },
  'favourites.put': async (body) => {
    const path = '/favourites';
    const answer = await request({ method: 'PUT', path, body, answer: favouritesSchema });
    if (!answer.ok) return answer;
    const { session } = store.snapshot();
    if (session.state === 'signed_in') {
      store.update({ session: { ...session, favourites: answer.value.favourites } });
    }
    return success(null);
  },
  'missed.note': ({ missedId, note }) =>
    request({ method: 'PUT', path: `/missed/${missedId}/note`, body: { note }, answer: null }),
  'reports.myDay': async () => {
    const reportBy = (interval: 'day' | '60') =>
      request({
        method: 'GET',
        path: `/reports/mine?by=total&interval=${interval}`,
        answer: reportSchema,
      });
    const [day, hours] = await Promise.all([reportBy('day'), reportBy('60')]);
    if (!day.ok) return day;
    return hours.ok ? success({ day: day.value, hours: hours.value }) : hours;
  },
  'targets.list': () =>
    request({ method: 'GET', path: '/transfer-targets', answer: transferTargetsSchema }),
  'demo.customerCall': (call) =>
    request({
      method: 'POST',
      path: '/demo/customer-call',
      body: call,
      answer: demoCallAnswerSchema,
    }),
  'demo.clock': (clock) =>
    request({ method: 'PUT', path: '/demo/clock', body: clock, answer: null }),
});
