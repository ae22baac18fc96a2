import { expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { anEscalation, escalated } from '../../../../tests/support/connectors/escalating.ts';
import {
  asking,
  askingAgain,
  openFake,
  whyNot,
} from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { jiraServiceManagement } from './jira-service-management.ts';
import { jiraServiceManagementFake } from './jira-service-management.fake.ts';

connectorContract(jiraServiceManagement, jiraServiceManagementFake);

const ana = { accountId: 'qm:1', email: 'ana@pires.example' };
const anna = { accountId: 'qm:2', email: 'anahi@lima.example' };

it('shows what people typed letter by letter, and addresses as they are', async () => {
  const { vendor, connection } = await openFake(jiraServiceManagement, jiraServiceManagementFake());
  const body =
    '*bold* [x|https://evil.example/a_b-c] {code} -out- ??who?? a\\b 1-2 https://a.example/x_y*z';
  known(await escalated(connection, anEscalation({ body }), asking()));
  const [text = ''] = vendor.model.texts();
  expect(text).toContain('*bold* [x|');
  expect(text).toContain('{code} -out- ??who?? a\\b 1-2 https://a.example/x_y*z');
  expect(text).not.toContain('<');
  expect(vendor.violations).toEqual([]);
});

it('asks for a customer whom the desk has, and for nobody else', async () => {
  const model = jiraServiceManagementFake({ customers: [anna, ana] });
  const { vendor, connection } = await openFake(jiraServiceManagement, model);
  for (const customerEmail of ['Ana@Pires.example', 'ana@nobody.example']) {
    known(await escalated(connection, anEscalation({ customerEmail }), asking()));
  }
  known(await escalated(connection, anEscalation(), asking()));
  expect(model.onBehalfOf()).toEqual(['qm:1', null, null]);
  expect(vendor.asked.filter(({ path }) => path.endsWith('/customer'))).toHaveLength(2);
  expect(vendor.violations).toEqual([]);
});

it('asks in its own name where it may not look for customers, and waits where they are out of reach', async () => {
  const given = anEscalation({ customerEmail: ana.email });
  const forbidden = jiraServiceManagementFake({ customers: [ana], customersRefused: 403 });
  const first = await openFake(jiraServiceManagement, forbidden);
  known(await escalated(first.connection, given, asking()));
  expect(forbidden.onBehalfOf()).toEqual([null]);
  const down = jiraServiceManagementFake({ customers: [ana], customersRefused: 503 });
  const second = await openFake(jiraServiceManagement, down);
  expect(whyNot(await escalated(second.connection, given, asking())).kind).toBe('unavailable');
  expect(down.onBehalfOf()).toEqual([]);
  const notAllowed = await openFake(jiraServiceManagement, forbidden, {
    facts: { onBehalf: 'no' },
  });
  known(await escalated(notAllowed.connection, anEscalation(given), asking()));
  expect(notAllowed.vendor.asked.map(({ method }) => method)).toEqual(['POST']);
});

it('takes no other request for its own, whatever the search finds', async () => {
  const model = jiraServiceManagementFake();
  const { vendor, connection } = await openFake(jiraServiceManagement, model);
  const key = crypto.randomUUID();
  const about = anEscalation({ body: `See Ringside ${key}, it is open still` });
  known(await escalated(connection, about, asking()));
  expect(known(await escalated(connection, anEscalation({ key }), askingAgain())).id).toBe(
    'HELP-2',
  );
  expect(vendor.model.written(key)).toBe(1);
});

it('names what keeps a request from being made', async () => {
  const test = async (fake = jiraServiceManagementFake(), settings = {}) => {
    const { connection } = await openFake(jiraServiceManagement, fake, { settings });
    return connection.testConnection(asking());
  };
  const wanted = whyNot(await test(jiraServiceManagementFake({ required: ['customfield_10020'] })));
  expect(wanted.message).toBe('the request type needs more fields: customfield_10020 (Impact)');
  known(await test(jiraServiceManagementFake({ required: ['customfield_10030'] })));
  expect(whyNot(await test(jiraServiceManagementFake(), { requestTypeId: '99' })).kind).toBe(
    'not_found',
  );
  const account = known(await test(jiraServiceManagementFake({ customers: [ana] })));
  expect(account).toEqual({ name: 'Help, acme.atlassian.net', facts: { onBehalf: 'yes' } });
});
