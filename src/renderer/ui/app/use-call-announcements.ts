import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { wishesReady } from '../../../shared/domain/agent/wishes-ready.ts';
import { serverNow } from '../bridge/clock.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { shownHindrance } from '../features/agent/hindrance.ts';
import { stateKey } from '../features/call/call-state.ts';
import { failureKey } from '../features/call/transfer-failure.ts';
import { useCaller } from '../features/call/use-caller.ts';
import { durationText } from '../i18n/formats.ts';
import { announce } from '../state/announcement-store.ts';
import { useWorks } from '../state/use-works.ts';
import { useRemoteName, useTargetText } from '../state/use-target-text.ts';
import type { Work } from '../state/work.ts';
import { useVoiceAnnouncement } from './use-voice-announcement.ts';

/** How long an announcement waits for the record, so that it can say who it is. */
const recordWaitMs = 300;

/** Tells screen readers who rings and how calls and the agent's state change. */
export const useCallAnnouncements = (): void => {
  const works = useWorks();
  const ringing = works.find((work) => work.stage === 'ringing') ?? null;
  useRinging(ringing);
  useCallStates(works);
  useAgentState();
  useDoNotDisturb();
  useVoiceAnnouncement();
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
  consultFor: null,
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
          caller.asksAbout === null
            ? t('announce.incoming', { name: caller.name })
            : t('call.asksAbout', { name: caller.name, customer: caller.asksAbout }),
          caller.customer?.company,
          caller.queue === null ? null : t('announce.queue', { queue: caller.queue }),
          queuedAt === null || caller.asksAbout !== null
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

type Said = {
  readonly stage: string;
  readonly hold: string;
  readonly muted: boolean;
  readonly transfer: string;
  readonly remote: string;
};

const saidOf = ({ stage, call, remote }: Work): Said => {
  const connected = call?.state === 'connected' ? call : null;
  return {
    stage,
    hold: connected === null ? '' : connected.conference ? 'conference' : connected.hold,
    muted: connected?.muted ?? false,
    transfer: connected?.transfer?.state ?? '',
    remote: remote.number,
  };
};

const useCallStates = (works: readonly Work[]): void => {
  const { t } = useTranslation();
  const targetText = useTargetText();
  const remoteName = useRemoteName();
  const before = useRef<ReadonlyMap<string, Said>>(new Map());
  useEffect(() => {
    // A call that just ended still counts: it is the one that is told of.
    const several = works.filter(({ callId, stage }) => {
      const was = before.current.get(callId)?.stage;
      return [stage, was].some((one) => one === 'live' || one === 'outgoing');
    }).length;

    const change = (work: Work, was: Said, is: Said): string | null => {
      const { call, facts } = work;
      const name = remoteName(work.remote);
      // Of several calls each is called by its name.
      const about = (text: string): string => (several > 1 ? `${name}: ${text}` : text);
      if (is.stage !== was.stage) {
        const end = facts.findLast((fact) => fact.kind === 'ended');
        if (is.stage === 'live') {
          const byItself = facts.some((fact) => fact.kind === 'answered' && fact.automatic);
          return about(t(byItself ? 'announce.answeredByItself' : 'announce.connected'));
        }
        if (end === undefined) return null;
        return about(
          end.rejection === undefined
            ? t(`end.${end.outcome}.${end.side}`)
            : t(`end.rejection.${end.rejection}`),
        );
      }
      if (call?.state !== 'connected') return null;
      if (is.remote !== was.remote) return t('announce.speaksWith', { name });
      if (is.transfer !== was.transfer && call.transfer !== null) {
        const { transfer } = call;
        const to = targetText(transfer.to);
        return transfer.state === 'failed'
          ? t(`transfer.failed.${failureKey(transfer.sipCode)}`, { to })
          : t(`transfer.${transfer.state}`, { to });
      }
      if (is.hold !== was.hold) return about(t(`call.state.${stateKey(call)}`));
      if (is.muted !== was.muted) return t(is.muted ? 'announce.muted' : 'announce.unmuted');
      return null;
    };

    const now = new Map(works.map((work) => [work.callId, saidOf(work)]));
    const said = works.flatMap((work) => {
      const was = before.current.get(work.callId);
      const is = now.get(work.callId);
      const text = was === undefined || is === undefined ? null : change(work, was, is);
      return text === null ? [] : [text];
    });
    if (said.length > 0) announce([...new Set(said)].join('. '));
    before.current = now;
  }, [works, t, targetText, remoteName]);
};

const useAgentState = (): void => {
  const { t } = useTranslation();
  const agent = useDesk((desk) => desk.agent);
  const here = useDesk((desk) => desk.hindrance ?? null);
  const hindrance = shownHindrance(agent, here);
  const state = agent?.state.state ?? null;
  const isHindered = agent !== null && !('next' in agent.state) && wishesReady(agent.state);
  // What is over in a moment is not worth a word.
  const isPassing = isHindered && hindrance === 'proving';
  const now =
    state === null || isPassing
      ? null
      : isHindered && hindrance !== null
        ? `${t('agent.state.unreachable')}. ${t(`agent.hindered.${hindrance}`)}`
        : t(`agent.state.${state}`);
  const before = useRef(now);
  useEffect(() => {
    if (now === null) return;
    if (before.current !== now && state !== 'reserved') announce(now);
    before.current = now;
  }, [now, state]);
};

const useDoNotDisturb = (): void => {
  const { t } = useTranslation();
  const on = useDesk((desk) => desk.agent?.doNotDisturb ?? null);
  const before = useRef(on);
  useEffect(() => {
    if (on !== null && before.current !== null && on !== before.current) {
      announce(t(on ? 'announce.doNotDisturb' : 'announce.disturbAgain'));
    }
    before.current = on;
  }, [on, t]);
};
