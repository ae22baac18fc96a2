import { Type } from 'typebox';
import { success } from '../../../shared/result.ts';
import type { Settings } from '../ask.ts';
import type { Connection, Connector, Opened } from '../connector.ts';
import { failed } from '../failure.ts';
import { wordOf, type Dialect } from '../http/dialect.ts';
import { webhookAddress } from '../http/webhook-address.ts';
import { emptyMessage, messageOf } from './teams-card.ts';

const hosts = ['.logic.azure.com', '.powerplatform.com', '.powerautomate.com'];

const webhookOf = (settings: Settings): URL | null =>
  webhookAddress(settings['webhookUrl'], (host) => hosts.some((end) => host.endsWith(end)));

/** 202 without a body: the flow began. What becomes of it nobody is told. */
const acceptedSchema = Type.Null();

/** `{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"…"}}`. */
const dialect: Dialect = {
  readRefusal: ({ body }) => {
    const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
    const vendorCode = wordOf(inner, 'code');
    return vendorCode === undefined ? {} : { vendorCode };
  },
  requestIdHeader: 'x-ms-workflow-run-id',
};

const notFilledIn = failed('validation', 'the address is none of a Teams workflow');

const open = ({ http, settings }: Opened): Connection => {
  const webhook = webhookOf(settings);
  if (webhook === null) {
    const refuse = () => Promise.resolve(notFilledIn);
    return { testConnection: refuse, escalate: refuse };
  }
  // As it was given: its signature is over the parameters.
  const at = { method: 'POST', path: webhook.pathname + webhook.search } as const;
  return {
    testConnection: async (ask) => {
      const asked = { ...at, what: 'try the workflow', json: emptyMessage };
      const answer = await http.request(asked, acceptedSchema, ask);
      return answer.ok ? success({ name: `Teams: ${webhook.hostname}`, facts: {} }) : answer;
    },
    escalate: async (given, ask) => {
      if (ask.mayExist) {
        return failed(
          'in_doubt',
          'post a card: it may stand there already, and a workflow cannot tell',
        );
      }
      const asked = { ...at, what: 'post a card', json: messageOf(given) };
      const answer = await http.request(asked, acceptedSchema, ask);
      return answer.ok ? success({ type: 'message', id: given.key, url: '' }) : answer;
    },
  };
};

export const teams: Connector = {
  id: 'teams',
  name: 'Microsoft Teams',
  fields: [
    {
      name: 'webhookUrl',
      label: {
        en: 'Address of the workflow',
        es: 'Dirección del flujo de trabajo',
        pt: 'Endereço do fluxo de trabalho',
      },
      help: {
        en: 'From the template for webhook requests in Teams: Workflows. Who has it can post there.',
        es: 'De la plantilla para solicitudes de webhook en Teams: Flujos de trabajo. Quien la tenga puede publicar allí.',
        pt: 'Do modelo para solicitações de webhook no Teams: Fluxos de Trabalho. Quem o tiver pode publicar lá.',
      },
      isSecret: true,
      pattern:
        /https:\/\/[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:logic\.azure|powerplatform|powerautomate)\.com(?::443)?\/\S{1,2000}/u,
    },
  ],
  // The address is the secret.
  authentication: { kind: 'none' },
  // Four a second; a channel is no place for more.
  rate: { requests: 60, perMs: 60_000, atOnce: 2 },
  dialect,
  escalationRepeats: () => 'may_double',
  baseUrl: (settings) => webhookOf(settings)?.origin ?? '',
  open,
};
