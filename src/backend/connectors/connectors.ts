import type { Connector } from './connector.ts';
import { freshdesk } from './freshdesk/freshdesk.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { salesforce } from './salesforce/salesforce.ts';
import { zendesk } from './zendesk/zendesk.ts';

/** Every system that can be connected, a line each. */
export const connectors: readonly Connector[] = [freshdesk, hubspot, salesforce, zendesk];
