import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { SurveyEvent } from '../survey.ts';
import type { ChannelTable } from './channel-table.ts';

/** What the dialplan tells of surveys. A phone of an agent has no say here. */
export const surveyKeys = (
  table: ChannelTable,
  message: AmiMessage,
  at: number,
): readonly SurveyEvent[] => {
  const name = field(message, 'UserEvent');
  if (name !== 'RingsideSurvey' && name !== 'RingsideSurveyed') return [];
  const channel = table.see(message, '');
  if (channel?.extension !== null) return [];
  const { callKey } = channel;
  if (name === 'RingsideSurvey')
    return [{ kind: 'survey_wanted', at, callKey, queue: field(message, 'Queue') }];
  const question = field(message, 'Question');
  if (question !== 'csat' && question !== 'nps' && question !== 'resolved') return [];
  const keys = field(message, 'Keys');
  return /^[\d*]{1,2}$/u.test(keys)
    ? [{ kind: 'survey_answered', at, callKey, question, keys }]
    : [];
};
