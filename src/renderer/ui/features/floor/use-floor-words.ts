import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAgent, BoardTerms } from '../../../../shared/api/board.ts';
import type { Label } from '../../../../shared/api/records.ts';
import type { RiskKind } from '../../../../shared/domain/floor/attention.ts';
import { isSystemReason } from '../../../../shared/domain/agent/agent.ts';
import type { Tone } from '../../components/Tag.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-locale.ts';

export const toneOfState = {
  offline: 'not-ready',
  not_ready: 'not-ready',
  ready: 'ready',
  reserved: 'engaged',
  engaged: 'engaged',
  wrap_up: 'wrap-up',
} as const satisfies Record<BoardAgent['state']['state'], Tone>;

export type FloorWords = {
  /** For rows: a subscription of each to the language would be felt while many of them come and go. */
  readonly t: TFunction;
  readonly team: (team: string | null) => string;
  readonly queue: (queue: string | null) => string;
  readonly reason: (reason: string) => string;
  readonly risk: (kind: RiskKind, ageMs: number) => string;
  readonly helpTaken: (by: string) => string;
};

/** Reasons of the system that the agent's own desk tells in the second person. */
const told = ['rejected_call', 'phone_failed', 'unreachable'] as const;

/** What the board calls by code, in the words of the centre and the viewer's language; the same while those are. */
export const useFloorWords = (terms: BoardTerms | null): FloorWords => {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    const labelOf = (label: Partial<Label> | undefined): string | undefined =>
      label?.[language] ?? label?.en;
    return {
      t,
      team: (team) =>
        team === null
          ? ''
          : (labelOf(terms?.teams.find(({ name }) => name === team)?.label) ?? team),
      queue: (queue) =>
        queue === null
          ? ''
          : (labelOf(terms?.queues.find(({ name }) => name === queue)?.label) ?? queue),
      reason: (reason) => {
        const known = terms?.reasons.find(({ code }) => code === reason);
        if (known !== undefined) return labelOf(known.label) ?? reason;
        const own = told.find((code) => code === reason);
        if (own !== undefined) return t(`floor.reason.${own}`);
        return isSystemReason(reason) ? t(`agent.reason.${reason}`) : reason;
      },
      helpTaken: (by) => t('floor.helpTaken', { name: by }),
      risk: (kind, ageMs) => t(`floor.risk.${kind}`, { time: durationText(ageMs) }),
    };
  }, [terms, language, t]);
};
