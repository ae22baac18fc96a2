import { ActionIcon, Tooltip } from '@mantine/core';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconStars from '@tabler/icons-react/dist/esm/icons/IconStars.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { actOnSurvey, useIsOffered, useSurveyOf } from '../../state/survey.ts';
import type { Work } from '../../state/work.ts';

/** Offers the survey after this call, or copies its link; small, since the customer's name is beside it. */
export const SurveyButton = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const survey = useSurveyOf(work);
  const offered = useIsOffered(work.callKey);
  const [sending, setSending] = useState(false);
  if (survey === null) return null;
  const isKeypad = survey.way === 'keypad';
  const Icon = isKeypad ? IconStars : IconLink;
  const label = t(isKeypad ? 'survey.offer' : 'survey.copyLink');
  return (
    <Tooltip label={`${label} (${keyText(chords.survey)})`}>
      <ActionIcon
        size="lg"
        color={isKeypad && offered === true ? 'brand' : 'not-ready'}
        variant={isKeypad && offered === true ? 'filled' : 'subtle'}
        aria-label={label}
        aria-keyshortcuts={ariaKeys(chords.survey)}
        aria-pressed={isKeypad ? offered === true : undefined}
        loading={sending}
        onClick={() => {
          setSending(true);
          void actOnSurvey(survey, work.callKey).finally(() => {
            setSending(false);
          });
        }}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
};
