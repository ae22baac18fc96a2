import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../bridge/clock.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { useCaller } from '../features/call/use-caller.ts';
import { durationText } from '../i18n/formats.ts';
import { announce } from '../state/announcement-store.ts';
import { useWorks } from '../state/use-works.ts';
import type { Work } from '../state/work.ts';

/** How long an announcement waits for the record, so that it can say who it is. */
const recordWaitMs = 300;

/** Tells screen readers who rings and how calls and the agent's state change. */
export const useCallAnnouncements = (): void => {
  const works = useWorks();
  const ringing = works.find((work) => work.stage === 'ringing') ?? null;
  useRinging(ringing);
  useCallStates(works);
  useAgentState();
};

const nobody: Work = {
  callId: '',
  callKey: '',
  stage: 'over',
  state: 'ended',
  call: null,
  card: null,
  draft: null,
  direction: 'inbound',
  remote: { number: '', name: '' },
  queue: null,
  facts: [],
};

const useRinging = (work: Work | null): void => {
  const { t } = useTranslation();
  const caller = useCaller(work ?? nobody);
  const said = useRef<string | null>(null);
  const callId = work?.callId ?? null;
  const card = work?.card ?? null;
  const queuedAt = card?.queuedAt ?? null;
  const text =
    callId === null
      ? ''
      : [
          t('announce.incoming', { name: caller.name }),
          caller.customer?.company,
          caller.queue === null ? null : t('announce.queue', { queue: caller.queue }),
          queuedAt === null
            ? null
            : t('call.waited', { time: durationText(serverNow() - queuedAt) }),
          card === null ? null : t(`match.${card.match.kind}`),
          caller.ticket === null ? null : t('announce.ticket', { subject: caller.ticket.subject }),
        ]
          .filter(Boolean)
          .join('. ');
  const known = card !== null;
  useEffect(() => {
    if (callId === null || said.current === callId) return;
    const timer = setTimeout(
      () => {
        said.current = callId;
        announce(text, 'urgent');
      },
      known ? 0 : recordWaitMs,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [callId, known, text]);
};

const useCallStates = (works: readonly Work[]): void => {
  const { t } = useTranslation();
  const before = useRef<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const now = new Map<string, string>();
    for (const { callId, stage, call, facts } of works) {
      const connected = call?.state === 'connected' ? call : null;
      now.set(callId, `${stage} ${connected?.hold ?? ''} ${String(connected?.muted ?? '')}`);
      const known = before.current.get(callId);
      if (known === undefined || known === now.get(callId)) continue;
      const [stageBefore, holdBefore, mutedBefore] = known.split(' ');
      if (stage !== stageBefore) {
        const end = facts.findLast((fact) => fact.kind === 'ended');
        if (stage === 'live') announce(t('announce.connected'));
        else if (end !== undefined) announce(t(`end.${end.outcome}.${end.side}`));
      } else if (connected !== null && connected.hold !== holdBefore) {
        announce(
          t(
            connected.hold === 'none'
              ? 'call.state.connected'
              : `call.state.hold_${connected.hold}`,
          ),
        );
      } else if (connected !== null && String(connected.muted) !== mutedBefore) {
        announce(t(connected.muted ? 'announce.muted' : 'announce.unmuted'));
      }
    }
    before.current = now;
  }, [works, t]);
};

const useAgentState = (): void => {
  const { t } = useTranslation();
  const state = useDesk((desk) => desk.agent?.state.state ?? null);
  const before = useRef(state);
  useEffect(() => {
    if (state !== null && before.current !== state && state !== 'reserved') {
      announce(t(`agent.state.${state}`));
    }
    before.current = state;
  }, [state, t]);
};
