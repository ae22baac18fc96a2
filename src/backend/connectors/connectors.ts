import type { Connector } from './connector.ts';
import { asana } from './asana/asana.ts';
import { confluence } from './confluence/confluence.ts';
import { freshdesk } from './freshdesk/freshdesk.ts';
import { genericHttp } from './generic-http/generic-http.ts';
import { helpScout } from './help-scout/help-scout.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { intercom } from './intercom/intercom.ts';
import { jira } from './jira/jira.ts';
import { jiraServiceManagement } from './jira-service-management/jira-service-management.ts';
import { notion } from './notion/notion.ts';
import { salesforce } from './salesforce/salesforce.ts';
import { slack } from './slack/slack.ts';
import { teams } from './teams/teams.ts';
import { trello } from './trello/trello.ts';
import { zendesk } from './zendesk/zendesk.ts';
import { zohoCrm } from './zoho-crm/zoho-crm.ts';

/** Every system that can be connected, a line each. */
export const connectors: readonly Connector[] = [
  asana,
  confluence,
  freshdesk,
  helpScout,
  hubspot,
  intercom,
  jira,
  jiraServiceManagement,
  notion,
  salesforce,
  slack,
  teams,
  trello,
  zendesk,
  zohoCrm,
  genericHttp,
];
