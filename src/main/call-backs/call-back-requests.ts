import {
  callBackPageSchema,
  callBackSchema,
  callBacksAboutSchema,
} from '../../shared/api/call-backs.ts';
import { success } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { CallBackReminders } from './call-back-reminders.ts';

type CallBackRequest = Extract<keyof UiHandlers, `callBacks.${string}`>;

const queryOf = (parts: Readonly<Record<string, string | number | undefined>>): string => {
  const given = Object.entries(parts).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/** What the UI asks about call-backs and follow-ups. */
export const callBackRequests = (
  { request }: Pick<DeskSession, 'request'>,
  reminders: Pick<CallBackReminders, 'dismiss'>,
): Pick<UiHandlers, CallBackRequest> => ({
  'callBacks.page': (query) =>
    request({ method: 'GET', path: `/call-backs${queryOf(query)}`, answer: callBackPageSchema }),
  'callBacks.about': (of) =>
    request({
      method: 'GET',
      path: `/call-backs/about${queryOf(of)}`,
      answer: callBacksAboutSchema,
    }),
  'callBacks.schedule': (body) =>
    request({ method: 'POST', path: '/call-backs', body, answer: callBackSchema }),
  'callBacks.change': ({ callBackId, ...body }) =>
    request({ method: 'PUT', path: `/call-backs/${callBackId}`, body, answer: callBackSchema }),
  'callBacks.give': ({ callBackId, ...body }) =>
    request({
      method: 'PUT',
      path: `/call-backs/${callBackId}/owner`,
      body,
      answer: callBackSchema,
    }),
  'callBacks.act': ({ callBackId, deed }) =>
    request({ method: 'POST', path: `/call-backs/${callBackId}/${deed}`, answer: callBackSchema }),
  'callBacks.dismiss': ({ callBackId }) => {
    reminders.dismiss(callBackId);
    return success(null);
  },
});
