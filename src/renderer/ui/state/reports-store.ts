import { create } from 'zustand';
import type {
  ReportChoice,
  ReportContactsQuery,
  ReportSheet,
  ReportViewKept,
} from '../../../shared/api/report-sheet.ts';
import { serverNow } from '../bridge/clock.ts';
import { ask } from './orders.ts';

/** The contacts behind one figure, and what they are called on the page. */
export type Drill = Pick<ReportContactsQuery, 'figure' | 'key' | 'from' | 'to' | 'cause'> & {
  /** Of the line; empty: of all of them. */
  readonly name: string;
};

type Kept = {
  readonly choice: ReportChoice;
  /** What was read last; null: nothing yet. */
  readonly sheet: ReportSheet | null;
  /** `refused`: the backend has no figures for such a choice. */
  readonly state: 'loading' | 'here' | 'away' | 'refused';
  /** Epoch ms. */
  readonly readAt: number;
  readonly drill: Drill | null;
  /** The contact that was opened last, so that the way back leads to it. */
  readonly openedId: string | null;
  readonly views: readonly ReportViewKept[];
};

export const firstChoice: ReportChoice = {
  section: 'figures',
  period: 'today',
  interval: '60',
  by: 'queue',
  view: 'ringside',
  figure: 'serviceLevel',
};

const nothing: Kept = {
  choice: firstChoice,
  sheet: null,
  state: 'loading',
  readAt: 0,
  drill: null,
  openedId: null,
  views: [],
};

export const useReports = create<Kept>(() => nothing);

let latest = 0;

/** Asks for the figures of the present choice; what stands goes on standing until they are here. */
export const readSheet = async (): Promise<void> => {
  latest += 1;
  const mine = latest;
  const { section: _section, figure: _figure, ...query } = useReports.getState().choice;
  const answer = await ask('reports.sheet', query);
  if (mine !== latest) return;
  if (answer.ok) useReports.setState({ sheet: answer.value, state: 'here', readAt: serverNow() });
  else useReports.setState({ state: answer.why.code === 'backend_away' ? 'away' : 'refused' });
};

/** Another choice; the list of contacts belonged to the one before. */
export const choose = (part: Partial<ReportChoice>): void => {
  useReports.setState(({ choice }) => ({ choice: { ...choice, ...part }, drill: null }));
};

/** All lines together again. */
export const chooseAll = (): void => {
  useReports.setState(({ choice: { key: _key, ...choice } }) => ({ choice, drill: null }));
};

export const openDrill = (drill: Drill | null): void => {
  useReports.setState({ drill, openedId: null });
};

export const readViews = async (): Promise<void> => {
  const answer = await ask('reports.views', null);
  if (answer.ok) useReports.setState({ views: answer.value.views });
};

/** Somebody else works here from now on. */
export const forgetReports = (): void => {
  latest += 1;
  useReports.setState(nothing);
};
