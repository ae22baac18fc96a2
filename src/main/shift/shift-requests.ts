import { Type } from 'typebox';
import {
  adherenceDaySchema,
  adherenceExceptionSchema,
  exceptionsSchema,
  shiftViewSchema,
} from '../../shared/api/shifts.ts';
import { success } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';

type ShiftRequest = Extract<keyof UiHandlers, `shift.${string}`>;

const hourMs = 3_600_000;
/** The shift that began last evening, and the one that begins tomorrow. */
const behindMs = 18 * hourMs;
const aheadMs = 48 * hourMs;
const mineSchema = Type.Object({ shift: Type.Union([shiftViewSchema, Type.Null()]) });

/** What the UI asks about the agent's own shift. */
export const shiftRequests = (
  { request }: Pick<DeskSession, 'request'>,
  store: DeskStore,
  now: () => number,
): Pick<UiHandlers, ShiftRequest> => ({
  'shift.refresh': async () => {
    const at = Math.floor(now());
    const query = new URLSearchParams({
      from: String(at - behindMs),
      to: String(at + aheadMs),
    });
    const path = `/shifts/mine?${query.toString()}`;
    const answer = await request({ method: 'GET', path, answer: mineSchema });
    if (!answer.ok) return answer;
    store.update({ shift: answer.value.shift });
    return success(null);
  },
  'shift.day': ({ day }) => {
    const query = day === null ? '' : `?${new URLSearchParams({ day }).toString()}`;
    return request({ method: 'GET', path: `/adherence/mine${query}`, answer: adherenceDaySchema });
  },
  'shift.askException': (body) =>
    request({
      method: 'POST',
      path: '/adherence/exceptions',
      body,
      answer: adherenceExceptionSchema,
    }),
  'shift.asked': async () => {
    const path = '/adherence/exceptions?state=pending';
    const answer = await request({ method: 'GET', path, answer: exceptionsSchema });
    return answer.ok ? success(answer.value.exceptions) : answer;
  },
  'shift.decide': ({ exceptionId, ...body }) =>
    request({
      method: 'PUT',
      path: `/adherence/exceptions/${exceptionId}`,
      body,
      answer: adherenceExceptionSchema,
    }),
  'shift.dismiss': () => {
    store.update({ shiftReminder: null });
    return success(null);
  },
});
