import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { atlassianDialect, siteAuthentication, siteFields, siteUrl } from '../atlassian.ts';
import { markOf, plainText } from '../call-text.ts';
import type { Account, Connection, Connector, Escalation, Logged, Opened } from '../connector.ts';
import { shortened, textOfEscalation } from '../escalation-text.ts';
import { failed, isPassing, type Outcome } from '../failure.ts';
import { path } from '../http/vendor-http.ts';
import {
  createdRequestSchema,
  customersSchema,
  foundRequestsSchema,
  requestFieldsSchema,
  serviceDeskSchema,
  type RequestField,
} from './jira-service-management-answers.ts';
import { wikiText } from './wiki-text.ts';

const api = '/rest/servicedeskapi';
const longestSummary = 255;
/** Jira's longest text is 32,767. */
const longestDescription = 32_000;
const filled = ['summary', 'description'] as const;

/** Why a request of this type cannot be made by us; null: it can. */
const whyUnfit = (fields: readonly RequestField[]): string | null => {
  const wanted = fields.filter(
    ({ fieldId, required, defaultValues, presetValues }) =>
      required === true &&
      [...(defaultValues ?? []), ...(presetValues ?? [])].length === 0 &&
      !filled.some((name) => name === fieldId),
  );
  if (wanted.length > 0) {
    const names = wanted.map(({ fieldId, name }) => `${fieldId} (${plainText(name ?? '', 20)})`);
    return `the request type needs more fields: ${names.slice(0, 5).join(', ')}`;
  }
  const lacking = filled.filter((name) => !fields.some(({ fieldId }) => fieldId === name));
  return lacking.length === 0 ? null : `the request type lacks: ${lacking.join(', ')}`;
};

/** All texts of a document, put together: our mark stands in one of its lines. */
const textOf = (node: unknown): string => {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node !== 'object' || node === null) return '';
  const own = 'text' in node && typeof node.text === 'string' ? node.text : '\n';
  return own + ('content' in node ? textOf(node.content) : '');
};

const open = ({ http, settings, facts }: Opened): Connection => {
  const { serviceDeskId = '', requestTypeId = '' } = settings;

  const loggedAs = (key: string): Logged => ({
    type: 'request',
    id: key,
    url: `${siteUrl(settings)}/browse/${encodeURIComponent(key)}`,
  });

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const deskPath = `${api}${path`/servicedesk/${serviceDeskId}`}`;
    const deskAsked = { what: 'read the service desk', method: 'GET', path: deskPath } as const;
    const desk = await http.request(deskAsked, serviceDeskSchema, ask);
    if (!desk.ok) return desk;
    const asked = { what: 'list the fields of the request type', method: 'GET' } as const;
    const at = `${deskPath}${path`/requesttype/${requestTypeId}/field`}`;
    const fields = await http.request({ ...asked, path: at }, requestFieldsSchema, ask);
    if (!fields.ok) return fields;
    const { requestTypeFields, canRaiseOnBehalfOf } = fields.value.body;
    const why = whyUnfit(requestTypeFields);
    if (why !== null) return failed('validation', why);
    const name = `${desk.value.body.projectName}, ${settings['site'] ?? ''}.atlassian.net`;
    return success({ name, facts: { onBehalf: canRaiseOnBehalfOf === true ? 'yes' : 'no' } });
  };

  /** The account of a customer whom the desk already has; nobody is made. */
  const findCustomer = async (email: string, ask: Ask): Promise<Outcome<string | null>> => {
    const answer = await http.request(
      {
        what: 'search customers',
        method: 'GET',
        path: `${api}${path`/servicedesk/${serviceDeskId}/customer`}`,
        query: { query: email, limit: 10 },
        // The list of customers is told to those alone who say that it may change.
        headers: { 'x-experimentalapi': 'opt-in' },
      },
      customersSchema,
      ask,
    );
    if (!answer.ok) return answer;
    const same = answer.value.body.values.find(
      ({ emailAddress }) => emailAddress?.toLowerCase() === email.toLowerCase(),
    );
    return success(same?.accountId ?? null);
  };

  const customerOf = async (
    { customerEmail }: Escalation,
    ask: Ask,
  ): Promise<Outcome<string | null>> => {
    if (customerEmail === undefined || facts['onBehalf'] === 'no') return success(null);
    const found = await findCustomer(customerEmail, ask);
    // An account that may not look for customers still asks, in its own name.
    return found.ok || isPassing(found.why) ? found : success(null);
  };

  /**
   * By our mark in the text: request types have no labels. The index finds words, so each that is found is read again; it is
   * behind by some seconds, and whoever repeats waits longer than that.
   */
  const findRequest = async (key: string, ask: Ask): Promise<Outcome<string | null>> => {
    const words = key.replaceAll(/["\\]/gu, ' ');
    const jql = String.raw`created >= -7d AND description ~ "\"${words}\""`;
    const answer = await http.request(
      {
        what: 'search requests',
        method: 'GET',
        path: '/rest/api/3/search/jql',
        query: { jql, maxResults: 10, fields: 'description' },
      },
      foundRequestsSchema,
      ask,
    );
    if (!answer.ok) return answer;
    const found = answer.value.body.issues.find(({ fields }) =>
      textOf(fields.description)
        .split('\n')
        .some((line) => line.trim() === markOf(key)),
    );
    return success(found?.key ?? null);
  };

  const createRequest = async (given: Escalation, ask: Ask): Promise<Outcome<string>> => {
    const customer = await customerOf(given, ask);
    if (!customer.ok) return customer;
    const answer = await http.request(
      {
        what: 'create request',
        method: 'POST',
        path: `${api}/request`,
        json: {
          serviceDeskId,
          requestTypeId,
          requestFieldValues: {
            summary: shortened(given.subject.replaceAll(/\s+/gu, ' ').trim(), longestSummary),
            description: textOfEscalation(given, longestDescription, wikiText),
          },
          ...(customer.value === null ? {} : { raiseOnBehalfOf: customer.value }),
        },
      },
      createdRequestSchema,
      ask,
    );
    return answer.ok ? success(answer.value.body.issueKey) : answer;
  };

  const escalate = async (given: Escalation, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const found = ask.mayExist ? await findRequest(given.key, ask) : success(null);
    if (!found.ok) return found;
    if (found.value !== null) return success(loggedAs(found.value));
    const made = await createRequest(given, ask);
    return made.ok ? success(loggedAs(made.value)) : made;
  };

  return { testConnection, escalate };
};

export const jiraServiceManagement: Connector = {
  id: 'jira-service-management',
  name: 'Jira Service Management',
  fields: [
    ...siteFields,
    {
      name: 'serviceDeskId',
      label: {
        en: 'Service desk: number',
        es: 'Centro de servicio: número',
        pt: 'Central de serviços: número',
      },
      help: {
        en: 'Stands in the address of its portal, after /portal/.',
        es: 'Está en la dirección de su portal, después de /portal/.',
        pt: 'Está no endereço do portal, depois de /portal/.',
      },
      pattern: /\d{1,18}/u,
      example: '10',
    },
    {
      name: 'requestTypeId',
      label: {
        en: 'Request type: number',
        es: 'Tipo de solicitud: número',
        pt: 'Tipo de solicitação: número',
      },
      help: {
        en: 'Stands in the address of its form, after /create/.',
        es: 'Está en la dirección de su formulario, después de /create/.',
        pt: 'Está no endereço do formulário, depois de /create/.',
      },
      pattern: /\d{1,18}/u,
      example: '25',
    },
  ],
  authentication: siteAuthentication,
  rate: { requests: 600, perMs: 60_000, atOnce: 6 },
  dialect: atlassianDialect,
  escalatesForCustomer: true,
  baseUrl: siteUrl,
  open,
};
