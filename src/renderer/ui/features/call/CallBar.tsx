import { Button } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { allowedActions } from '../../../../shared/domain/call/allowed-actions.ts';
import { chords } from '../../state/chords.ts';
import { useOutage } from '../../state/outage.ts';
import { heardLeg, legsOf, swapLeg } from '../../state/legs.ts';
import { orderPhone } from '../../state/orders.ts';
import { useWorks } from '../../state/use-works.ts';
import { showDesk, useView } from '../../state/view-store.ts';
import { centreWork, type Work } from '../../state/work.ts';
import { SupervisorsTag } from '../supervision/SupervisorsTag.tsx';
import { stateKey } from './call-state.ts';
import { CallActions } from './CallActions.tsx';
import styles from './CallBar.module.css';
import { RingingBanner } from './RingingBanner.tsx';
import { useCaller } from './use-caller.ts';

/** The calls, above a page that is not the desk: nothing rings unseen, and a call in hand stays in hand. */
export const CallBar = () => {
  const { t } = useTranslation();
  const works = useWorks();
  const ringing = works.filter((work) => work.stage === 'ringing');
  const chosen = useView((view) => view.chosenCallId);
  const current = centreWork(works, chosen);
  if (current === null) return null;
  const legs = legsOf(works, current);
  const heard = heardLeg(works, current);
  const swap = swapLeg(works, current);
  return (
    <section aria-label={t('call.region')} className={styles['bar']}>
      {ringing.map((work) => (
        <RingingBanner key={work.callId} work={work} />
      ))}
      {current.stage === 'ringing' ? null : (
        <div className={styles['current']} data-tone={toneOf(current)}>
          <div className={styles['lines']}>
            {legs.some((leg) => leg.callId === current.callId) ? null : <Line work={current} />}
            {legs.map((leg) => (
              <Line
                key={leg.callId}
                work={leg}
                heard={leg.callId === heard?.callId}
                swaps={leg.callId === swap?.callId}
              />
            ))}
          </div>
          <Button
            variant="subtle"
            color="not-ready"
            leftSection={<IconArrowLeft size={16} />}
            className={styles['back'] ?? ''}
            onClick={showDesk}
          >
            {t('app.desk')}
          </Button>
        </div>
      )}
    </section>
  );
};

const toneOf = (work: Work) => (work.stage === 'wrap_up' ? 'wrap-up' : 'engaged');

const Line = ({
  work,
  heard = false,
  swaps = false,
}: {
  readonly work: Work;
  readonly heard?: boolean;
  readonly swaps?: boolean;
}) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const { call } = work;
  const outage = useOutage(work.callId);
  const waits = call !== null && !heard && allowedActions(call).includes('resume');
  return (
    <article
      className={styles['line']}
      data-call-id={work.callId}
      data-call-state={work.state}
      data-tone={toneOf(work)}
      aria-label={t('call.with', { name: caller.name })}
    >
      <p className={styles['who']}>
        <span className={styles['name']}>{caller.name}</span>
        <span className={styles['stage']}>
          {work.stage === 'wrap_up'
            ? t('call.tabWrapUp')
            : outage === null
              ? t(`call.state.${stateKey(call)}`)
              : t(`call.outageShort.${outage}`)}
        </span>
      </p>
      <SupervisorsTag callKey={work.callKey} />
      {call !== null && heard ? <CallActions call={call} /> : null}
      {waits ? (
        <ActionButton
          label={t('call.resume')}
          {...(swaps ? { chord: chords.swap } : {})}
          color="brand"
          variant="outline"
          size="xs"
          onClick={() => {
            void orderPhone({ kind: 'resume', callId: work.callId });
          }}
        />
      ) : null}
    </article>
  );
};
