import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { atlassianDialect, siteAuthentication, siteFields, siteUrl } from '../atlassian.ts';
import { plainText } from '../call-text.ts';
import type { Account, Connection, Connector, Escalation, Logged, Opened } from '../connector.ts';
import { shortened } from '../escalation-text.ts';
import { failed, isPassing, type ConnectorFailure, type Outcome } from '../failure.ts';
import { anything, path } from '../http/vendor-http.ts';
import {
  createFieldsSchema,
  createdIssueSchema,
  foundIssuesSchema,
  issueTypesSchema,
  myselfSchema,
  type JiraCreateField,
} from './jira-answers.ts';
import { documentOf } from './jira-document.ts';

const api = '/rest/api/3';
/** Jira's longest summary, and the longest title of a link. */
const longestSummary = 255;
/** What we fill in, and what Jira does by itself from who asks. */
const filled = new Set(['project', 'issuetype', 'summary', 'description', 'labels', 'reporter']);
const needed = ['summary', 'description', 'labels'] as const;

const labelOf = (key: string): string => `ringside-${key.replaceAll(/\s/gu, '_')}`;
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;

/** Why an issue of this type cannot be made by us; null: it can. */
const whyUnfit = (fields: readonly JiraCreateField[]): string | null => {
  const names = (those: readonly JiraCreateField[]) =>
    those
      .slice(0, 5)
      .map(({ fieldId, name }) => `${fieldId} (${plainText(name ?? '', 20)})`)
      .join(', ');
  const wanted = fields.filter(
    ({ fieldId, required, hasDefaultValue }) =>
      required === true && hasDefaultValue !== true && !filled.has(fieldId),
  );
  if (wanted.length > 0) return `the issue type needs more fields: ${names(wanted)}`;
  const lacking = needed.filter((name) => !fields.some(({ fieldId }) => fieldId === name));
  return lacking.length === 0 ? null : `the issue type's screen lacks: ${lacking.join(', ')}`;
};

const open = ({ http, settings, facts }: Opened): Connection => {
  const { project = '', issueType = '' } = settings;

  const loggedAs = (key: string): Logged => ({
    type: 'issue',
    id: key,
    url: `${siteUrl(settings)}/browse/${encodeURIComponent(key)}`,
  });

  const findIssueType = async (ask: Ask): Promise<Outcome<string>> => {
    const asked = { what: 'list the issue types of the project', method: 'GET' } as const;
    const at = `${api}${path`/issue/createmeta/${project}/issuetypes`}`;
    const query = { maxResults: 200 };
    const answer = await http.request({ ...asked, path: at, query }, issueTypesSchema, ask);
    if (!answer.ok) return answer;
    const wanted = issueType.toLowerCase();
    const { issueTypes } = answer.value.body;
    const found = issueTypes.find(({ id, name }) => name.toLowerCase() === wanted || id === wanted);
    if (found !== undefined) return success(found.id);
    const names = issueTypes.slice(0, 6).map(({ name }) => plainText(name, 20));
    return failed('validation', `the project has other issue types: ${names.join(', ')}`);
  };

  const lookAtFields = async (issueTypeId: string, ask: Ask): Promise<Outcome<null>> => {
    const asked = { what: 'list the fields of the issue type', method: 'GET' } as const;
    const at = `${api}${path`/issue/createmeta/${project}/issuetypes/${issueTypeId}`}`;
    const query = { maxResults: 200 };
    const answer = await http.request({ ...asked, path: at, query }, createFieldsSchema, ask);
    if (!answer.ok) return answer;
    const why = whyUnfit(answer.value.body.fields);
    return why === null ? success(null) : failed('validation', why);
  };

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own user', method: 'GET', path: `${api}/myself` } as const;
    const answer = await http.request(asked, myselfSchema, ask);
    if (!answer.ok) return answer;
    const type = await findIssueType(ask);
    if (!type.ok) return type;
    const fields = await lookAtFields(type.value, ask);
    if (!fields.ok) return fields;
    const name = `${answer.value.body.displayName}, ${settings['site'] ?? ''}.atlassian.net`;
    return success({ name, facts: { issueTypeId: type.value } });
  };

  /** Jira's index is behind by some seconds: whoever repeats waits longer than that. */
  const findIssue = async (key: string, ask: Ask): Promise<Outcome<string | null>> => {
    const answer = await http.request(
      {
        what: 'search issues',
        method: 'GET',
        path: `${api}/search/jql`,
        query: { jql: `labels = ${quoted(labelOf(key))}`, maxResults: 1, fields: 'summary' },
      },
      foundIssuesSchema,
      ask,
    );
    return answer.ok ? success(answer.value.body.issues[0]?.key ?? null) : answer;
  };

  const createIssue = async (given: Escalation, ask: Ask): Promise<Outcome<string>> => {
    const { issueTypeId } = facts;
    const fields = {
      project: { key: project },
      issuetype: issueTypeId === undefined ? { name: issueType } : { id: issueTypeId },
      summary: shortened(given.subject.replaceAll(/\s+/gu, ' ').trim(), longestSummary),
      description: documentOf(given),
      labels: ['ringside', labelOf(given.key)],
    };
    const answer = await http.request(
      { what: 'create issue', method: 'POST', path: `${api}/issue`, json: { fields } },
      createdIssueSchema,
      ask,
    );
    return answer.ok ? success(answer.value.body.key) : answer;
  };

  /** Updates what has the same `globalId`, so that a second attempt makes no second link. */
  const linkBack = async (
    issue: string,
    { links, key }: Escalation,
    ask: Ask,
  ): Promise<ConnectorFailure | null> => {
    for (const [index, { title, url }] of links.entries()) {
      const answer = await http.request(
        {
          what: 'link the issue to the contact',
          method: 'POST',
          path: `${api}${path`/issue/${issue}/remotelink`}`,
          json: {
            globalId: `ringside:${key}:${String(index)}`,
            application: { type: 'com.ringside', name: 'Ringside' },
            object: { url, title: shortened(title === '' ? url : title, longestSummary) },
          },
        },
        anything,
        ask,
      );
      if (!answer.ok) return answer.why;
    }
    return null;
  };

  const escalate = async (given: Escalation, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const found = ask.mayExist ? await findIssue(given.key, ask) : success(null);
    if (!found.ok) return found;
    const made = found.value === null ? await createIssue(given, ask) : success(found.value);
    if (!made.ok) return made;
    const why = await linkBack(made.value, given, ask);
    // The links stand in the text as well: an account that may not link has escalated all the same.
    if (why === null || !isPassing(why)) return success(loggedAs(made.value));
    return { ok: false, why: { ...why, mayBeDone: true } };
  };

  return { testConnection, escalate };
};

export const jira: Connector = {
  id: 'jira',
  name: 'Jira',
  fields: [
    ...siteFields,
    {
      name: 'project',
      label: { en: 'Project: key', es: 'Proyecto: clave', pt: 'Projeto: chave' },
      help: {
        en: 'What stands before the number of its issues.',
        es: 'Lo que está antes del número de sus incidencias.',
        pt: 'O que vem antes do número dos itens do projeto.',
      },
      pattern: /[A-Z][A-Z0-9_]{1,254}/u,
      example: 'SUP',
    },
    {
      name: 'issueType',
      label: { en: 'Issue type', es: 'Tipo de incidencia', pt: 'Tipo de item' },
      example: 'Bug',
    },
  ],
  authentication: siteAuthentication,
  // Bursts of 100 a second are allowed; nobody here needs as many.
  rate: { requests: 600, perMs: 60_000, atOnce: 6 },
  dialect: atlassianDialect,
  baseUrl: siteUrl,
  open,
};
