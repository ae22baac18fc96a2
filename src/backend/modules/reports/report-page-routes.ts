import { Type } from 'typebox';
import {
  putReportViewSchema,
  reportContactsQuerySchema,
  reportContactsSchema,
  reportSheetQuerySchema,
  reportSheetSchema,
  reportViewSchema,
  reportViewsSchema,
  summariesSchema,
} from '../../../shared/api/report-sheet.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Summaries } from '../summaries/summaries.ts';
import type { ReportContactLists } from './report-contacts.ts';
import type { ReportSheets } from './report-sheet.ts';
import type { ReportViews } from './report-views.ts';

export type ReportPages = {
  readonly sheets: ReportSheets;
  readonly contacts: ReportContactLists;
  readonly views: ReportViews;
  readonly summaries: Pick<Summaries, 'list'>;
};

const viewParams = Type.Object({ viewId: Type.String({ format: 'uuid' }) });

/** What the page of reports is made of. */
export const reportPageRoutes = (
  app: App,
  { sheets, contacts, views, summaries }: ReportPages,
): void => {
  app.get(
    '/reports/sheet',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Figures of a period beside the same days of the weeks before, and their targets.',
        querystring: reportSheetQuerySchema,
        response: { 200: reportSheetSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await sheets.of(signedIn(request).user, request.query);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/reports/contacts',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'The contacts that a figure is made of, page by page.',
        querystring: reportContactsQuerySchema,
        response: { 200: reportContactsSchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await contacts.page(signedIn(request).user, request.query);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/reports/views',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Saved views: the own ones, and those that others share.',
        response: { 200: reportViewsSchema },
      },
    },
    async (request) => ({ views: [...(await views.list(signedIn(request).user))] }),
  );
  app.get(
    '/reports/summaries',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Summaries that were due, the latest first, and where they went.',
        response: { 200: summariesSchema },
      },
    },
    (request) => summaries.list(signedIn(request).user),
  );
  app.post(
    '/reports/views',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Saves a view.',
        body: putReportViewSchema,
        response: { 200: reportViewSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await views.add(signedIn(request).user, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/reports/views/:viewId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Changes an own view.',
        params: viewParams,
        body: putReportViewSchema,
        response: { 200: reportViewSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { viewId } = request.params;
      const answer = await views.change(signedIn(request).user, viewId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.delete(
    '/reports/views/:viewId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Deletes an own view.',
        params: viewParams,
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await views.remove(signedIn(request).user, request.params.viewId);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
};
