import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferTargets } from '../../../../shared/api/routes.ts';
import { Monogram } from '../../components/Monogram.tsx';
import type { Tone } from '../../components/Tag.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { useNow } from '../../state/use-now.ts';
import { useTypedNumberText } from '../../state/use-number-text.ts';
import { useReasonLabel } from '../agent/use-reason-label.ts';
import { NumberCautionText } from '../dial/NumberCautionText.tsx';
import type { TargetOption } from './target-search.ts';
import styles from './TargetRow.module.css';

type Agent = TransferTargets['agents'][number];

/** One line of the list of those a call can go to: who, and how they are. */
export const TargetRow = ({ option }: { readonly option: TargetOption }) => {
  switch (option.kind) {
    case 'agent':
      return <AgentRow agent={option.agent} />;
    case 'queue':
      return <QueueRow queue={option.queue} />;
    case 'number':
      return <NumberRow number={option.number} />;
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

const tones: Record<Agent['state'], Tone> = {
  ready: 'ready',
  reserved: 'engaged',
  engaged: 'engaged',
  wrap_up: 'wrap-up',
  not_ready: 'not-ready',
  offline: 'not-ready',
};

const AgentRow = ({ agent }: { readonly agent: Agent }) => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  const now = useNow('second');
  const { reachable, state, reason } = agent;
  const words = [
    t(`agent.state.${reachable || state === 'offline' ? state : 'unreachable'}`),
    reachable && reason !== null ? reasonLabel(reason) : null,
  ];
  return (
    <Row
      icon={<Monogram name={agent.name} size="small" />}
      title={agent.name}
      about={agent.extension}
    >
      <span className={styles['state']} data-tone={reachable ? tones[state] : 'not-ready'}>
        <span className={styles['dot']} data-hollow={!reachable || undefined} aria-hidden="true" />
        {words.filter((word) => word !== null).join(' · ')}
      </span>
      <span className={styles['since']}>{durationText(Math.max(0, now - agent.since))}</span>
    </Row>
  );
};

const QueueRow = ({ queue }: { readonly queue: TransferTargets['queues'][number] }) => {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Row icon={<IconUsersGroup size={20} aria-hidden="true" />} title={label(queue.label)} about="">
      <span className={styles['state']} data-tone={queue.ready > 0 ? 'ready' : 'not-ready'}>
        <span
          className={styles['dot']}
          data-hollow={queue.ready === 0 || undefined}
          aria-hidden="true"
        />
        {t('transfer.ready', { count: queue.ready })}
      </span>
      <span className={styles['waiting']}>
        {queue.waiting === null ? '' : t('transfer.waiting', { count: queue.waiting })}
      </span>
    </Row>
  );
};

const NumberRow = ({ number }: { readonly number: string }) => {
  const text = useTypedNumberText(number);
  return (
    <Row icon={<IconPhone size={20} aria-hidden="true" />} title={text ?? number} about="">
      <span className={styles['caution']}>
        <NumberCautionText typed={number} />
      </span>
    </Row>
  );
};
