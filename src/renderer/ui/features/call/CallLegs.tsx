import { Button } from '@mantine/core';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import IconVolume from '@tabler/icons-react/dist/esm/icons/IconVolume.mjs';
import { useTranslation } from 'react-i18next';
import { allowedActions } from '../../../../shared/domain/call/allowed-actions.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { durationText } from '../../i18n/formats.ts';
import {
  isInConference,
  isOnHold,
  jointActionsOf,
  legSince,
  legsOf,
  swapLeg,
  type Leg,
} from '../../state/legs.ts';
import { orderPhone } from '../../state/orders.ts';
import { useNow } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import { stateKey } from './call-state.ts';
import styles from './CallLegs.module.css';
import { JointActions } from './JointActions.tsx';
import { useCaller } from './use-caller.ts';

/** Several calls at once: who is heard, who waits and for how long, and what can be done with both. */
export const CallLegs = ({
  works,
  centre,
}: {
  readonly works: readonly Work[];
  readonly centre: Work;
}) => {
  const { t } = useTranslation();
  const legs = legsOf(works, centre);
  const swap = swapLeg(works, centre);
  const joint = jointActionsOf(works, centre);
  return (
    <section className={styles['legs']} aria-label={t('call.legs')}>
      <ul>
        {legs.map((leg) => (
          <LegLine key={leg.callId} leg={leg} swaps={leg.callId === swap?.callId} />
        ))}
      </ul>
      {joint.length === 0 ? null : <JointActions works={works} centre={centre} actions={joint} />}
    </section>
  );
};

const LegIcon = ({ leg }: { readonly leg: Leg }) => {
  if (leg.stage === 'outgoing') return <IconPhoneCalling size={18} aria-hidden="true" />;
  if (isInConference(leg.call)) return <IconUsers size={18} aria-hidden="true" />;
  return isOnHold(leg.call) ? (
    <IconPlayerPause size={18} aria-hidden="true" />
  ) : (
    <IconVolume size={18} aria-hidden="true" />
  );
};

const LegLine = ({ leg, swaps }: { readonly leg: Leg; readonly swaps: boolean }) => {
  const { t } = useTranslation();
  const caller = useCaller(leg);
  const now = useNow('second');
  const since = legSince(leg);
  const actions = allowedActions(leg.call);
  const waits = isOnHold(leg.call);
  return (
    <li
      className={styles['leg']}
      data-call-id={leg.callId}
      data-call-state={leg.state}
      data-tone={waits ? 'not-ready' : 'engaged'}
    >
      <span className={styles['icon']}>
        <LegIcon leg={leg} />
      </span>
      <p className={styles['who']}>
        <span className={styles['name']}>{caller.name}</span>
        <span className={styles['number']}>
          {[leg.consultFor === null ? '' : t('call.consulted'), caller.number]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <p className={styles['state']}>
        {t(`call.state.${isInConference(leg.call) ? 'connected' : stateKey(leg.call)}`)}{' '}
        {since === null ? null : (
          <span className={styles['since']}>{durationText(Math.max(0, now - since))}</span>
        )}
      </p>
      <span className={styles['button']}>
        {actions.includes('resume') ? (
          <ActionButton
            label={t('call.resume')}
            {...(swaps ? { chord: chords.swap } : {})}
            color="brand"
            size="xs"
            onClick={() => {
              void orderPhone({ kind: 'resume', callId: leg.callId });
            }}
          />
        ) : null}
        {isInConference(leg.call) && actions.includes('end') ? (
          <Button
            color="danger"
            variant="subtle"
            size="xs"
            aria-description={caller.name}
            onClick={() => {
              void orderPhone({ kind: 'end', callId: leg.callId });
            }}
          >
            {t('call.end')}
          </Button>
        ) : null}
      </span>
    </li>
  );
};
