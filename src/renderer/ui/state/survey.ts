import type { DeskSurvey } from '../../../shared/api/surveys.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { useDesk, useDeskStore } from '../bridge/desk-store.ts';
import { i18n } from '../i18n/i18n.ts';
import { announce } from './announcement-store.ts';
import { giveNotice } from './notice-store.ts';
import { order } from './orders.ts';
import type { Work } from './work.ts';

/** The survey that belongs to this call as it stands: by keypad while it goes on, by link after it. */
export const useSurveyOf = (work: Work | null): DeskSurvey | null =>
  useDesk(({ session }) => {
    if (work?.direction !== 'inbound' || work.consultFor !== null) return null;
    if (session.state !== 'signed_in') return null;
    const survey = session.surveys?.find(({ queue }) => queue === work.queue);
    const isItsTime =
      survey?.way === 'keypad'
        ? work.stage === 'live'
        : work.stage === 'live' || work.stage === 'wrap_up';
    return survey !== undefined && isItsTime ? survey : null;
  });

/** What the agent said of this call: that its customer is asked, or is not; null: nothing. */
const offeredIn = ({ surveyOffers = [] }: DeskSnapshot, callKey: string): boolean | null =>
  surveyOffers.find((each) => each.callKey === callKey)?.offered ?? null;

export const useIsOffered = (callKey: string): boolean | null =>
  useDesk((desk) => offeredIn(desk, callKey));

const tell = (text: string): void => {
  giveNotice({ tone: 'info', text, detail: null });
  announce(text);
};

/** The customer will be asked when the agent ends this call; once more: will not be. */
const toggleOffer = async (callKey: string): Promise<void> => {
  const { desk } = useDeskStore.getState();
  const offered = desk === null || offeredIn(desk, callKey) !== true;
  const answer = await order('surveys.offer', { callKey, offered });
  if (!answer.ok) return;
  tell(
    i18n.t(answer.value.rests ? 'survey.rests' : offered ? 'survey.offered' : 'survey.declined'),
  );
};

const copyLink = async (callKey: string): Promise<void> => {
  const answer = await order('surveys.link', { callKey });
  if (!answer.ok) return;
  try {
    await navigator.clipboard.writeText(answer.value.url);
    tell(i18n.t('survey.copied'));
  } catch {
    giveNotice({ tone: 'error', text: i18n.t('survey.notCopied'), detail: answer.value.url });
  }
};

/** The one thing to do about a call's survey, by key and by button. */
export const actOnSurvey = (survey: DeskSurvey, callKey: string): Promise<void> =>
  survey.way === 'keypad' ? toggleOffer(callKey) : copyLink(callKey);
