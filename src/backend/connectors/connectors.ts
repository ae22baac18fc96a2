import type { Connector } from './connector.ts';
import { genericHttp } from './generic-http/generic-http.ts';
import { helpScout } from './help-scout/help-scout.ts';
import { intercom } from './intercom/intercom.ts';
import { zohoCrm } from './zoho-crm/zoho-crm.ts';
import { zendesk } from './zendesk/zendesk.ts';

/** Every system that can be connected, a line each. */
export const connectors: readonly Connector[] = [
  zendesk,
  intercom,
  zohoCrm,
  helpScout,
  genericHttp,
];

export const findConnector = (id: string): Connector | undefined =>
  connectors.find((connector) => connector.id === id);
