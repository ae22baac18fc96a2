import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconStars from '@tabler/icons-react/dist/esm/icons/IconStars.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { actOnSurvey, useIsOffered, useSurveyOf } from '../../state/survey.ts';
import type { Work } from '../../state/work.ts';

/** Offers the survey after this call, or copies its link; there where the queue has one. */
export const SurveyButton = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const survey = useSurveyOf(work);
  const offered = useIsOffered(work.callKey);
  const [sending, setSending] = useState(false);
  if (survey === null) return null;
  const isKeypad = survey.way === 'keypad';
  const Icon = isKeypad ? IconStars : IconLink;
  return (
    <ActionButton
      label={t(isKeypad ? 'survey.offer' : 'survey.copyLink')}
      chord={chords.survey}
      icon={<Icon size={16} />}
      size="xs"
      variant={isKeypad && offered === true ? 'filled' : 'subtle'}
      {...(isKeypad ? { pressed: offered === true } : {})}
      loading={sending}
      onClick={() => {
        setSending(true);
        void actOnSurvey(survey, work.callKey).finally(() => {
          setSending(false);
        });
      }}
    />
  );
};
