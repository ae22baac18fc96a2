import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { hasMark, htmlOfText, markOf } from '../call-text.ts';
import type { Connection, NewTicket, Opened, RecordItem } from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { timeOf } from '../http/wire.ts';
import { pipelinesSchema, type HubSpotObject, type HubSpotPipelines } from './hubspot-answers.ts';
import { paths, recordPage, type HubSpotRequests } from './hubspot-requests.ts';

const shown = ['subject', 'hs_pipeline_stage', 'hs_lastmodifieddate'];

type Stages = ReadonlyMap<string, { readonly label: string; readonly isOpen: boolean }>;

const stagesOf = ({ results }: HubSpotPipelines): Stages =>
  new Map(
    results.flatMap(({ stages }) =>
      stages.map(({ id, label, metadata }) => [
        String(id),
        { label: label ?? '', isOpen: metadata?.ticketState !== 'CLOSED' },
      ]),
    ),
  );

const inOrder = <Each extends { readonly displayOrder?: number | null | undefined }>(
  all: readonly Each[],
): readonly Each[] => [...all].sort((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0));

export const ticketsOf = (
  requests: HubSpotRequests,
  { settings, facts }: Pick<Opened, 'settings' | 'facts'>,
): Required<Pick<Connection, 'recentItems' | 'createTicket' | 'appendToTicket'>> => {
  const readPipelines = (ask: Ask): Promise<Outcome<HubSpotPipelines>> => {
    const asked = { what: 'list pipelines', method: 'GET', path: paths.pipelines } as const;
    return requests.ask(asked, pipelinesSchema, ask);
  };

  const itemOf = (ticket: HubSpotObject, stages: Stages): RecordItem => {
    const id = String(ticket.id);
    const stage = stages.get(ticket.properties['hs_pipeline_stage'] ?? '');
    return {
      type: 'ticket',
      id,
      reference: `#${id}`,
      title: ticket.properties['subject'] ?? '',
      status: stage?.label ?? '',
      isOpen: stage?.isOpen ?? true,
      updatedAt: timeOf(ticket.properties['hs_lastmodifieddate'] ?? ticket.updatedAt),
      url: recordPage(facts, 'tickets', id),
    };
  };

  /** The stage that new tickets get: the first open one of the pipeline that was chosen, or of the first. */
  const firstStage = ({ results }: HubSpotPipelines) => {
    const chosen = settings['ticketPipeline'] ?? '';
    const [first] = inOrder(results);
    const pipeline = chosen === '' ? first : results.find(({ id }) => String(id) === chosen);
    if (pipeline === undefined) return null;
    const stages = inOrder(pipeline.stages);
    const stage = stages.find(({ metadata }) => metadata?.ticketState !== 'CLOSED') ?? stages[0];
    if (stage === undefined) return null;
    return { hs_pipeline: String(pipeline.id), hs_pipeline_stage: String(stage.id) };
  };

  const findMade = async (
    { key, person, subject }: NewTicket,
    ask: RepeatedAsk,
  ): Promise<Outcome<HubSpotObject | null>> => {
    const properties = [...shown, 'content'];
    const found =
      person === undefined
        ? await requests.search(
            'tickets',
            {
              filterGroups: [
                { filters: [{ propertyName: 'subject', operator: 'EQ', value: subject }] },
              ],
              properties,
              sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
              limit: 100,
            },
            ask,
          )
        : await requests.associated(
            { type: 'contacts', id: person.id },
            'tickets',
            properties,
            ask,
          );
    if (!found.ok) return found;
    const own = found.value.find(({ properties: { content } }) => hasMark(content, markOf(key)));
    return success(own ?? null);
  };

  return {
    recentItems: async (person, limit, ask) => {
      const filters = [
        { propertyName: 'associations.contact', operator: 'EQ' as const, value: person.id },
      ];
      const sorts = [{ propertyName: 'hs_lastmodifieddate', direction: 'DESCENDING' as const }];
      const search = { filterGroups: [{ filters }], properties: shown, sorts, limit };
      const [tickets, pipelines] = await Promise.all([
        requests.search('tickets', search, ask),
        readPipelines(ask),
      ]);
      if (!tickets.ok) return tickets;
      if (!pipelines.ok) return pipelines;
      const stages = stagesOf(pipelines.value);
      return success(tickets.value.map((ticket) => itemOf(ticket, stages)));
    },
    createTicket: async (ticket, ask) => {
      const { subject, body, person, key } = ticket;
      const pipelines = await readPipelines(ask);
      if (!pipelines.ok) return pipelines;
      const stages = stagesOf(pipelines.value);
      if (ask.mayExist) {
        const found = await findMade(ticket, ask);
        if (!found.ok) return found;
        if (found.value !== null) return success(itemOf(found.value, stages));
      }
      const stage = firstStage(pipelines.value);
      if (stage === null) return failed('validation', 'the pipeline for tickets is not there');
      const content = `${body}\n${markOf(key)}`;
      const own = { subject, content, ...stage, source_type: 'PHONE' };
      const to = person === undefined ? [] : [{ kind: 'tickets contacts', id: person.id } as const];
      const made = await requests.create('tickets', own, to, ask);
      return made.ok ? success(itemOf(made.value, stages)) : made;
    },
    /** A note: HubSpot shows them to its own users alone, whatever was asked for. */
    appendToTicket: async (ticket, { text, key }, ask) => {
      const mark = markOf(key);
      if (ask.mayExist) {
        const from = { type: 'tickets', id: ticket.id } as const;
        const found = await requests.associated(from, 'notes', ['hs_note_body'], ask);
        if (!found.ok) return found;
        const isThere = found.value.some(({ properties }) =>
          hasMark(properties['hs_note_body'], mark),
        );
        if (isThere) return success(null);
      }
      const own = {
        hs_timestamp: new Date().toISOString(),
        hs_note_body: htmlOfText(`${text}\n${mark}`),
      };
      const to = [{ kind: 'notes tickets', id: ticket.id } as const];
      const made = await requests.create('notes', own, to, ask);
      return made.ok ? success(null) : made;
    },
  };
};
