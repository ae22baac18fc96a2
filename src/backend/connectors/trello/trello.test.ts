import { expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { anEscalation, escalated } from '../../../../tests/support/connectors/escalating.ts';
import { asking, openFake, whyNot } from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { trello } from './trello.ts';
import { trelloFake } from './trello.fake.ts';

connectorContract(trello, () => trelloFake());

it('writes what people typed as text of Markdown, and addresses as they are', async () => {
  const { vendor, connection } = await openFake(trello, trelloFake());
  const body = '# no title\n- no list\n1. no number\n**x** [y](z) <b> https://a.example/x_y_z';
  known(await escalated(connection, anEscalation({ body }), asking()));
  const [text = ''] = vendor.model.texts();
  expect(text.split('\n').slice(1, 5)).toEqual([
    '\\# no title',
    '\\- no list',
    '1\u200B. no number',
    '\\*\\*x\\*\\* \\[y\\](z) \\<b\\> https://a.example/x_y_z',
  ]);
});

it('cuts a long text, and keeps links and mark', async () => {
  const { vendor, connection } = await openFake(trello, trelloFake());
  const given = anEscalation({ body: '*'.repeat(30_000), subject: 'x'.repeat(900) });
  known(await escalated(connection, given, asking()));
  expect(vendor.model.written(given.key)).toBe(1);
  expect(vendor.model.texts()[0]).toContain('The call: https://ringside.example/contacts/1');
});

it('waits for the end of the window in which Trello counts', async () => {
  const { vendor, connection } = await openFake(trello, trelloFake());
  vendor.spoil(429);
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect([why.kind, why.vendorCode, why.retryAfterMs]).toEqual([
    'rate_limited',
    'API_TOKEN_LIMIT_EXCEEDED',
    10_000,
  ]);
});

it('takes neither an archived list nor one that is not there', async () => {
  const archived = await openFake(trello, trelloFake(true));
  expect(whyNot(await archived.connection.testConnection(asking())).message).toBe(
    'the list is archived',
  );
  const given = { settings: { listId: '5f0000000000000000000009' } };
  const other = await openFake(trello, trelloFake(), given);
  expect(whyNot(await other.connection.testConnection(asking())).kind).toBe('validation');
});

it('says nothing of key and token where they are wrong', async () => {
  const given = { settings: { token: 'ATTAanother-secret-of-somebody' } };
  const { connection } = await openFake(trello, trelloFake(), given);
  const why = whyNot(await connection.testConnection(asking()));
  expect(why.kind).toBe('auth');
  expect(JSON.stringify(why)).not.toMatch(/ATTA|0123456789abcdef/u);
});
