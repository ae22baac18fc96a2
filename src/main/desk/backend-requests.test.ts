import { expect, test } from 'vitest';
import type { SurveyOffer } from '../../shared/api/surveys.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { failure, success } from '../../shared/result.ts';
import { backendRequests } from './backend-requests.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';

const bed = () => {
  const state: { isAway: boolean; offers: DeskSnapshot['surveyOffers'] } = {
    ...{ isAway: false, offers: [] },
  };
  const request = ((given: { readonly body: SurveyOffer }) =>
    // The one request of this test has this answer.
    Promise.resolve(
      state.isAway ? failure({ code: 'backend_away', detail: '' }) : success(given.body),
    )) as unknown as DeskSession['request'];
  const store = {
    snapshot: () => ({ surveyOffers: state.offers }),
    update: ({ surveyOffers }: Partial<DeskSnapshot>) => {
      state.offers = surveyOffers;
    },
  } as unknown as DeskStore;
  const guide = () => success(null);
  const handlers = backendRequests({ request, userId: () => 'ana' }, store, { guide });
  return { state, offer: handlers['surveys.offer'] };
};

test('what an agent said of a survey is the desk’s, whatever becomes of the window', async () => {
  const { state, offer } = bed();
  await offer({ callKey: 'a', offered: true });
  await offer({ callKey: 'b', offered: true });
  await offer({ callKey: 'a', offered: false });
  expect(state.offers).toEqual([
    { callKey: 'b', offered: true },
    { callKey: 'a', offered: false },
  ]);
  state.isAway = true;
  await offer({ callKey: 'b', offered: false });
  expect(state.offers).toHaveLength(2);
  expect(state.offers?.[0]).toEqual({ callKey: 'b', offered: true });
});

test('of calls that are long over nothing is kept', async () => {
  const { state, offer } = bed();
  for (let n = 0; n < 60; n += 1) await offer({ callKey: String(n), offered: true });
  expect(state.offers).toHaveLength(50);
  expect(state.offers?.at(-1)?.callKey).toBe('59');
});
