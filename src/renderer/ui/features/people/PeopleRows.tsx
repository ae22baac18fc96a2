import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Favourite } from '../../../../shared/api/favourites.ts';
import type { TransferTargets } from '../../../../shared/api/routes.ts';
import { Monogram } from '../../components/Monogram.tsx';
import { useLabel } from '../../i18n/use-locale.ts';
import { dialNumber } from '../../state/call-back.ts';
import type { Colleague } from '../../state/presence.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import { PersonRow } from './PersonRow.tsx';
import { PresenceWords, StateWords } from './PresenceWords.tsx';
import { RoughlySince } from './Since.tsx';
import { usePresence, usePresenceText } from './use-presence.ts';

type Queue = TransferTargets['queues'][number];

const call = (number: string) => (): void => {
  void dialNumber(number);
};

export const ColleagueRow = ({
  agent,
  children,
}: {
  readonly agent: Colleague;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const presence = usePresence()(agent);
  const text = usePresenceText();
  const why = text(presence);
  return (
    <PersonRow
      icon={<Monogram name={agent.name} size="small" />}
      title={agent.name}
      about={agent.extension}
      state={<PresenceWords presence={presence} />}
      since={<RoughlySince at={presence.since} />}
      why={presence.callable ? null : t('people.cannotCall', { name: agent.name, why })}
      onCall={call(agent.extension)}
    >
      {children}
    </PersonRow>
  );
};

/** A line of people who wait, which nobody calls from here: customers are handed to it. */
export const QueueRow = ({
  queue,
  children,
}: {
  readonly queue: Queue;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const { ready, waiting } = queue;
  return (
    <PersonRow
      icon={<IconUsersGroup size={20} aria-hidden="true" />}
      title={label(queue.label)}
      about=""
      state={
        <StateWords tone={ready > 0 ? 'ready' : 'not-ready'} hollow={ready === 0}>
          {t('transfer.ready', { count: ready })}
        </StateWords>
      }
      since={waiting === null ? '' : t('transfer.waiting', { count: waiting })}
      why={null}
    >
      {children}
    </PersonRow>
  );
};

/** A favourite with what is known of it now; one that is not there any more is said to be so. */
export const FavouriteRow = ({
  favourite,
  targets,
  children,
}: {
  readonly favourite: Favourite;
  /** null: not told yet. */
  readonly targets: TransferTargets | null;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const numberText = useNumberText();
  const { kind, target, label, gone } = favourite;
  const agent = targets?.agents.find((known) => kind === 'agent' && known.extension === target);
  if (agent !== undefined && !gone) return <ColleagueRow agent={agent}>{children}</ColleagueRow>;
  const queue = targets?.queues.find((known) => kind === 'queue' && known.name === target);
  if (queue !== undefined && !gone) return <QueueRow queue={queue}>{children}</QueueRow>;
  const number = kind === 'number' ? numberText(target) : kind === 'agent' ? target : '';
  const title = label === '' ? number : label;
  const cannot = t('people.cannotCall', { name: title, why: t('favourite.gone') });
  return (
    <PersonRow
      icon={
        kind === 'agent' ? (
          <Monogram name={label} size="small" />
        ) : kind === 'queue' ? (
          <IconUsersGroup size={20} aria-hidden="true" />
        ) : (
          <IconPhone size={20} aria-hidden="true" />
        )
      }
      title={title}
      about={kind === 'agent' ? target : ''}
      state={
        gone ? (
          <StateWords tone="not-ready" hollow>
            {t('favourite.gone')}
          </StateWords>
        ) : null
      }
      since={kind === 'number' && title !== number ? number : ''}
      why={gone ? cannot : null}
      {...(kind === 'queue' ? {} : { onCall: call(target) })}
    >
      {children}
    </PersonRow>
  );
};
