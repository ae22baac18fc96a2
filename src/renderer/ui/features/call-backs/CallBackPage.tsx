import { Button, Skeleton } from '@mantine/core';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { byPart } from '../../../../shared/domain/call-back/call-back-list.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { keyText } from '../../components/chord.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { callBackChords, chords } from '../../state/chords.ts';
import { scheduleForShown } from '../../state/call-back-store.ts';
import { tomorrowAt } from '../../state/quick-times.ts';
import { useNow } from '../../state/use-now.ts';
import { showDesk } from '../../state/view-store.ts';
import { CallBackRow } from './CallBackRow.tsx';
import styles from './CallBackPage.module.css';
import { useCallBackList } from './use-call-back-list.ts';

/** What was promised to customers and is to be done for them: overdue, today, later, and what is over. */
export const CallBackPage = () => {
  const { t } = useTranslation();
  const supervises = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const [whose, setWhose] = useState<'mine' | 'team'>('mine');
  const [showing, setShowing] = useState<'open' | 'over'>('open');
  const list = useCallBackList(whose, showing);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <main className={styles['page']} aria-label={t('callBacks.title')}>
      <div className={styles['head']}>
        <BackButton ref={back} onClick={showDesk}>
          {t('contact.back')}
        </BackButton>
        <div className={styles['first']}>
          <h1 className={styles['title']}>{t('callBacks.title')}</h1>
          <ActionButton
            label={t('callBacks.schedule')}
            chord={chords.scheduleCallBack}
            size="compact-sm"
            onClick={() => void scheduleForShown(null)}
          />
        </div>
        <p className={styles['keys']}>
          {t('callBacks.keys', {
            open: keyText(callBackChords.open),
            call: keyText(callBackChords.dial),
            postpone: keyText(callBackChords.postpone),
            done: keyText(callBackChords.done),
          })}
        </p>
        <div className={styles['filters']}>
          {supervises ? (
            <Chips
              label={t('callBacks.whose.label')}
              chosen={whose}
              choices={[
                ['mine', t('callBacks.whose.mine')],
                ['team', t('callBacks.whose.team')],
              ]}
              onChoose={setWhose}
            />
          ) : null}
          <Chips
            label={t('callBacks.show.label')}
            chosen={showing}
            choices={[
              ['open', t('callBacks.show.open')],
              ['over', t('callBacks.show.over')],
            ]}
            onChoose={setShowing}
          />
          <p className={styles['count']} role="status">
            {list.state === 'here' && list.due > 0
              ? t('callBacks.dueCount', { count: list.due })
              : ''}
          </p>
        </div>
      </div>
      <div className={styles['list']} onKeyDown={moveByArrows}>
        {list.state === 'away' && list.callBacks.length > 0 ? (
          <p className={styles['away']} role="status" data-tone="wrap-up">
            {t('callBacks.stale')}
          </p>
        ) : null}
        {list.callBacks.length === 0 ? (
          <Nothing state={list.state} showing={showing} onRetry={list.again} />
        ) : (
          <Parts callBacks={list.callBacks} showing={showing} isTeam={whose === 'team'} />
        )}
        {list.next === null ? null : (
          <div className={styles['more']}>
            <Button variant="light" color="not-ready" onClick={() => void list.more()}>
              {t('history.more')}
            </Button>
          </div>
        )}
      </div>
    </main>
  );
};

const Chips = <Value extends string>({
  label,
  chosen,
  choices,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: Value;
  readonly choices: readonly (readonly [value: Value, words: string])[];
  readonly onChoose: (value: Value) => void;
}) => (
  <div className={styles['chips']} role="group" aria-label={label}>
    {choices.map(([value, words]) => (
      <button
        key={value}
        type="button"
        className={styles['chip']}
        aria-pressed={value === chosen}
        onClick={() => {
          onChoose(value);
        }}
      >
        {words}
      </button>
    ))}
  </div>
);

const Parts = ({
  callBacks,
  showing,
  isTeam,
}: {
  readonly callBacks: readonly CallBackView[];
  readonly showing: 'open' | 'over';
  readonly isTeam: boolean;
}) => {
  const { t } = useTranslation();
  const now = useNow('minute');
  const parts =
    showing === 'over'
      ? [{ part: 'over' as const, items: callBacks }]
      : byPart(callBacks, now, tomorrowAt(now));
  return parts.map(({ part, items }) => (
    <div key={part}>
      <h2 className={styles['day']} data-part={part}>
        {t(`callBacks.part.${part}`)}
      </h2>
      <ul>
        {items.map((callBack) => (
          <CallBackRow key={callBack.id} callBack={callBack} now={now} isTeam={isTeam} />
        ))}
      </ul>
    </div>
  ));
};

const Nothing = ({
  state,
  showing,
  onRetry,
}: {
  readonly state: 'loading' | 'here' | 'away';
  readonly showing: 'open' | 'over';
  readonly onRetry: () => void;
}) => {
  const { t } = useTranslation();
  if (state === 'loading') {
    return (
      <div className={styles['loading']} aria-hidden="true">
        {[0, 1, 2, 3].map((line) => (
          <Skeleton key={line} height={52} animate={false} />
        ))}
      </div>
    );
  }
  const icon = <IconPhoneCalling size={32} stroke={1.5} />;
  if (state === 'here') {
    return (
      <EmptyState
        icon={icon}
        title={t(`callBacks.none.${showing}`)}
        text={t('callBacks.noneText', { key: keyText(chords.scheduleCallBack) })}
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t('callBacks.away')}
      action={
        <Button variant="light" onClick={onRetry}>
          {t('history.retry')}
        </Button>
      }
    />
  );
};
