import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { wishesReady } from '../../../../shared/domain/agent/wishes-ready.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { roughDurationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { giveNotice } from '../../state/notice-store.ts';

/** Says in words when somebody else than the agent changed the agent's state; screen readers read notices by themselves. */
export const useStateNotices = (): void => {
  const { t } = useTranslation();
  const locale = useLocale();
  const agent = useDesk((desk) => desk.agent);
  const wish = agent === null ? null : wishesReady(agent.state) ? 'ready' : 'not_ready';
  const origin = agent?.origin ?? null;
  const what = agent === null ? null : JSON.stringify([wish, origin]);
  const told = useRef(what);
  useEffect(() => {
    const before = told.current;
    told.current = what;
    if (what === null || before === null || what === before || origin === null) return;
    const sayBack = (lostAt: number, backAt: number) =>
      t('agent.returned', { time: roughDurationText(backAt - lostAt, locale) });
    const text =
      origin.by === 'return'
        ? sayBack(origin.lostAt, origin.backAt)
        : origin.leaving === true
          ? t('agent.leaving', { name: origin.name })
          : t(wish === 'ready' ? 'agent.setReadyBy' : 'agent.setNotReadyBy', { name: origin.name });
    giveNotice({ tone: 'info', text, detail: null });
  }, [what, wish, origin, t, locale]);
};
