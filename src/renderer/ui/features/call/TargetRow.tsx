import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferTargets } from '../../../../shared/api/routes.ts';
import { Monogram } from '../../components/Monogram.tsx';
import { useLabel } from '../../i18n/use-locale.ts';
import type { Colleague } from '../../state/presence.ts';
import { useTypedNumberText } from '../../state/use-number-text.ts';
import { NumberCautionText } from '../dial/NumberCautionText.tsx';
import { PresenceWords, StateWords } from '../people/PresenceWords.tsx';
import { Since } from '../people/Since.tsx';
import { usePresence } from '../people/use-presence.ts';
import type { TargetOption } from './target-search.ts';
import styles from './TargetRow.module.css';

/** One line of the list of those a call can go to: who, and how they are. */
export const TargetRow = ({ option }: { readonly option: TargetOption }) => {
  switch (option.kind) {
    case 'agent':
      return <AgentRow agent={option.agent} />;
    case 'queue':
      return <QueueRow queue={option.queue} />;
    case 'number':
      return <NumberRow number={option.number} label={option.label ?? ''} />;
  }
};

const Row = ({
  icon,
  title,
  about,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}) => (
  <>
    <span className={styles['icon']}>{icon}</span>
    <span className={styles['who']}>
      <span className={styles['name']}>{title}</span>
      <span className={styles['about']}>{about}</span>
    </span>
    {children}
  </>
);

const AgentRow = ({ agent }: { readonly agent: Colleague }) => {
  const presence = usePresence()(agent);
  return (
    <Row
      icon={<Monogram name={agent.name} size="small" />}
      title={agent.name}
      about={agent.extension}
    >
      <PresenceWords presence={presence} />
      <span className={styles['since']}>
        <Since at={presence.since} />
      </span>
    </Row>
  );
};

const QueueRow = ({ queue }: { readonly queue: TransferTargets['queues'][number] }) => {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Row icon={<IconUsersGroup size={20} aria-hidden="true" />} title={label(queue.label)} about="">
      <StateWords tone={queue.ready > 0 ? 'ready' : 'not-ready'} hollow={queue.ready === 0}>
        {t('transfer.ready', { count: queue.ready })}
      </StateWords>
      <span className={styles['waiting']}>
        {queue.waiting === null ? '' : t('transfer.waiting', { count: queue.waiting })}
      </span>
    </Row>
  );
};

const NumberRow = ({ number, label }: { readonly number: string; readonly label: string }) => {
  const text = useTypedNumberText(number) ?? number;
  return (
    <Row
      icon={<IconPhone size={20} aria-hidden="true" />}
      title={label === '' ? text : label}
      about={label === '' || label === text ? '' : text}
    >
      <span className={styles['caution']}>
        <NumberCautionText typed={number} />
      </span>
    </Row>
  );
};
