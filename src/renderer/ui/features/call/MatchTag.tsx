import IconUserCheck from '@tabler/icons-react/dist/esm/icons/IconUserCheck.mjs';
import IconUserQuestion from '@tabler/icons-react/dist/esm/icons/IconUserQuestion.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import IconUserX from '@tabler/icons-react/dist/esm/icons/IconUserX.mjs';
import { useTranslation } from 'react-i18next';
import type { ContactCard, Match } from '../../../../shared/api/records.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';

const tones: Record<Match['kind'], Tone> = {
  exact: 'ready',
  confirmed: 'ready',
  several: 'wrap-up',
  maybe: 'wrap-up',
  unknown: 'not-ready',
  deleted: 'danger',
};

const icons: Record<Match['kind'], typeof IconUserCheck> = {
  exact: IconUserCheck,
  confirmed: IconUserCheck,
  several: IconUsers,
  maybe: IconUserQuestion,
  unknown: IconUserQuestion,
  deleted: IconUserX,
};

/** How sure we are who it is. */
export const MatchTag = ({ card }: { readonly card: ContactCard | null }) => {
  const { t } = useTranslation();
  if (card === null) return <Tag>{t('match.looking')}</Tag>;
  const { kind } = card.match;
  const Icon = icons[kind];
  return (
    <Tag tone={tones[kind]} icon={<Icon size={14} aria-hidden="true" />}>
      {t(`match.${kind}`)}
    </Tag>
  );
};
