import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { zendesk } from './zendesk.ts';
import { zendeskFake } from './zendesk.fake.ts';

connectorContract(zendesk, zendeskFake, {
  findsForms: ['+55 (11) 3333.4444', '(11) 3333-4444', '011 3333 4444', '+551133334444'],
});
