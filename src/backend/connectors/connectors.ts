import type { Connector } from './connector.ts';
import { freshdesk } from './freshdesk/freshdesk.ts';
import { genericHttp } from './generic-http/generic-http.ts';
import { helpScout } from './help-scout/help-scout.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { intercom } from './intercom/intercom.ts';
import { salesforce } from './salesforce/salesforce.ts';
import { zendesk } from './zendesk/zendesk.ts';
import { zohoCrm } from './zoho-crm/zoho-crm.ts';

/** Every system that can be connected, a line each. */
export const connectors: readonly Connector[] = [
  freshdesk,
  helpScout,
  hubspot,
  intercom,
  salesforce,
  zendesk,
  zohoCrm,
  genericHttp,
];
