import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { actOnSurvey, useSurveyOf } from '../../state/survey.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The survey of the call at hand. */
export const useSurveyActions = (centre: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const survey = useSurveyOf(centre);
  return [
    {
      id: 'survey',
      group: 'call',
      label: t(survey?.way === 'link' ? 'survey.copyLink' : 'survey.offer'),
      chord: chords.survey,
      possible: survey !== null,
      run: () => {
        if (survey !== null && centre !== null) void actOnSurvey(survey, centre.callKey);
      },
    },
  ];
};
