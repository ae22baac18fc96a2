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
import { asana } from './asana.ts';
import { asanaFake } from './asana.fake.ts';

connectorContract(asana, asanaFake);

it('puts a task into the project, as text, and says where it is', async () => {
  const { vendor, connection } = await openFake(asana, asanaFake());
  const given = anEscalation({ subject: 'Outage\nof all', body: '<b>one</b> & more' });
  const done = known(await escalated(connection, given, asking()));
  expect(done).toEqual({
    type: 'task',
    id: '1300',
    url: 'https://app.asana.com/0/1201234567890123/1300',
  });
  expect(vendor.model.texts()).toEqual([
    `Outage of all\n<b>one</b> & more\n\nThe call: https://ringside.example/contacts/1\nRingside ${given.key}`,
  ]);
  expect(vendor.violations).toEqual([]);
});

it('finds it again by our own id, and nobody else by it', async () => {
  const { vendor, connection } = await openFake(asana, asanaFake());
  const given = anEscalation();
  known(await escalated(connection, anEscalation(), asking()));
  known(await escalated(connection, given, asking()));
  expect(known(await escalated(connection, given, askingAgain())).id).toBe('1301');
  expect(vendor.asked.at(-1)?.path).toBe(`/api/1.0/tasks/external:${given.key}`);
  expect(vendor.violations).toEqual([]);
});

it('makes no task where it cannot be told whether there is one', async () => {
  const { vendor, connection } = await openFake(asana, asanaFake());
  vendor.spoilBy(({ method }) => (method === 'GET' ? 500 : undefined));
  expect(whyNot(await escalated(connection, anEscalation(), askingAgain())).kind).toBe(
    'unavailable',
  );
  expect(vendor.model.texts()).toEqual([]);
});

it('takes what the plan lacks for a right that is missing', async () => {
  const { vendor, connection } = await openFake(asana, asanaFake());
  vendor.spoil(402);
  expect(whyNot(await escalated(connection, anEscalation(), asking())).kind).toBe('forbidden');
});

it('looks for the project', async () => {
  const { connection } = await openFake(asana, asanaFake(), { settings: { project: '99' } });
  expect(whyNot(await connection.testConnection(asking())).kind).toBe('not_found');
});
