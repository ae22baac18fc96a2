import type { ReportViewKept } from '../../../shared/api/report-sheet.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import { reportContactsOf, reportSheetOf, reportViewsOf } from './reports.ts';
import type { Scene } from './scene-makers.ts';
import { supervisorSession } from './supervision-scenes.ts';

/** The page of reports at a supervisor's desk. */

const away = { ok: false, why: { code: 'backend_away', detail: '' } } as const;
const dayMs = 86_400_000;

const summariesOf = (now: number) => [
  {
    ...{
      name: 'support_daily',
      period: '2026-11-21',
      dueAt: now - dayMs / 2,
      doneAt: now - dayMs / 2,
    },
    ...{ wentTo: ['rosa@example.com', 'support_daily-2026-11-21.html'], problem: '' },
  },
  {
    ...{ name: 'support_daily', period: '2026-11-20', dueAt: now - 1.5 * dayMs, doneAt: null },
    ...{ wentTo: [], problem: 'the mail server does not answer' },
  },
];

export const reportHandlersOf = (bridge: MemoryBridge, now: () => number) => {
  let views: readonly ReportViewKept[] = reportViewsOf();
  const isHere = (): boolean => bridge.desk().backend.state === 'connected';
  return {
    'reports.sheet': (query) =>
      isHere() ? { ok: true, value: reportSheetOf(now(), query) } : away,
    'reports.contacts': (query) =>
      isHere() ? { ok: true, value: reportContactsOf(now(), query) } : away,
    'reports.adherence': ({ from, to }) => {
      const parts = (out: number) => ({
        ...{ scheduledMs: 27_000_000, adherentMs: 26_000_000 - out, graceMs: 400_000 },
        ...{ excusedMs: 600_000, outMs: out },
      });
      const days = Math.min(7, Math.ceil((to - from) / dayMs));
      return {
        ok: true,
        value: {
          ...{
            by: 'agent',
            interval: 'day',
            zone: 'UTC',
            readAt: now(),
            formula: '',
            graceMs: 180_000,
          },
          lines: Array.from({ length: days }, (_, day) =>
            ['Ana Ferreira', 'Tom Okafor', 'Vera Lund'].map((name, index) => ({
              ...{ from: from + day * dayMs, to: from + (day + 1) * dayMs, local: '' },
              ...{ key: uuid(700 + index), name, parts: parts((index + day) * 500_000) },
              ...{ share: 0.9, excusedShare: 0.95 },
            })),
          ).flat(),
        },
      };
    },
    'reports.joins': () => ({
      ok: true,
      value: {
        more: false,
        joins: [
          {
            ...{ joinId: uuid(820), contactId: uuid(600), queue: 'support', covert: false },
            supervisor: { id: uuid(1), name: 'Lucía Prado' },
            agents: [{ id: uuid(2), name: 'Tom Okafor' }],
            ...{ startedAt: now() - 4_000_000, heardAt: now() - 3_999_600 },
            ...{ endedAt: now() - 3_700_000, why: 'left', agentSees: 'always' },
            modes: [
              { mode: 'listen', at: now() - 3_999_600 },
              { mode: 'whisper', at: now() - 3_900_000 },
            ],
          },
          {
            ...{ joinId: uuid(821), contactId: null, queue: 'sales', covert: true },
            supervisor: { id: uuid(3), name: 'Rosa Lindqvist' },
            agents: [{ id: uuid(4), name: 'Vera Lund' }],
            ...{ startedAt: now() - 9_000_000, heardAt: null },
            ...{ endedAt: now() - 8_990_000, why: 'call_over', agentSees: 'never' },
            modes: [],
          },
        ],
      },
    }),
    'reports.views': () => ({ ok: true, value: { views: [...views] } }),
    'reports.saveView': ({ viewId, ...view }) => {
      const { session } = bridge.desk();
      const owner = session.state === 'signed_in' ? session.user : { id: uuid(1), name: '' };
      const kept = { ...view, id: viewId ?? uuid(830), owner: { id: owner.id, name: owner.name } };
      views = [...views.filter(({ id }) => id !== kept.id), kept];
      return { ok: true, value: kept };
    },
    'reports.removeView': ({ viewId }) => {
      views = views.filter(({ id }) => id !== viewId);
      return { ok: true, value: null };
    },
    'reports.summaries': () => ({ ok: true, value: { summaries: summariesOf(now()) } }),
    'reports.csv': () => ({ ok: true, value: '/home/lucia/ringside-report-2026-11-22.csv' }),
    'reports.print': ({ to }) => ({
      ok: true,
      value: to === 'pdf' ? '/home/lucia/report.pdf' : null,
    }),
  } satisfies ReturnType<Parameters<typeof createMemoryBridge>[2]>;
};

export const reportScenes = {
  reports: (now) => ({ desk: { session: supervisorSession(now) } }),
} as const satisfies Record<string, (now: number) => Scene>;
