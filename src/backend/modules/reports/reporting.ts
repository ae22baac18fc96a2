import type { Config } from '../../config.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { createSummaries } from '../summaries/summaries.ts';
import { createMailer } from '../summaries/summary-mail.ts';
import { createCompactor } from './compactor.ts';
import { createQueueWaits } from './queue-waits.ts';
import { createReportContactLists } from './report-contacts.ts';
import type { ReportPages } from './report-page-routes.ts';
import { createReportSheets } from './report-sheet.ts';
import { createReportViews } from './report-views.ts';
import { createReports, type Reports } from './reports.ts';

/** Everything that reports are made of and by. */
export type Reporting = {
  readonly reports: Reports;
  /** What the page of reports shows. */
  readonly pages: ReportPages;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Resolves when every wait that was told is kept. */
  readonly idle: () => Promise<void>;
  /** Adds up now what would be added up in a moment. */
  readonly fold: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly extensions: Extensions;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
  readonly mintId: MintId;
  readonly config: Pick<Config, 'country' | 'mail' | 'summariesPath'>;
  /** A wait began or ended, and is kept. */
  readonly onWait: () => void;
};

export const createReporting = (needs: Needs): Reporting => {
  const waits = createQueueWaits(needs);
  const compactor = createCompactor(needs);
  const { country, mail, summariesPath } = needs.config;
  const reports = createReports(needs);
  const sheets = createReportSheets({ ...needs, reports });
  const summaries = createSummaries({
    ...{ ...needs, sheets, folder: summariesPath },
    mailer: mail === null ? null : createMailer(mail),
  });
  let unsubscribe: (() => void) | null = null;
  return {
    reports,
    pages: {
      sheets,
      contacts: createReportContactLists({ ...needs, country }),
      views: createReportViews(needs),
      summaries,
    },
    start: () => {
      unsubscribe ??= needs.pbx.subscribe(waits.take);
      compactor.start();
      summaries.start();
    },
    stop: async () => {
      unsubscribe?.();
      unsubscribe = null;
      await waits.idle();
      await compactor.stop();
      await summaries.stop();
    },
    idle: waits.idle,
    fold: compactor.fold,
  };
};
