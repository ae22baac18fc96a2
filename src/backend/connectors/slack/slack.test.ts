import { describe, expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { anEscalation, escalated } from '../../../../tests/support/connectors/escalating.ts';
import {
  asking,
  askingAgain,
  openFake,
  whyNot,
} from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { slack } from './slack.ts';
import { slackBotFake, slackWebhookFake } from './slack.fake.ts';

describe('with a bot', () => {
  connectorContract(slack, slackBotFake);
});
describe('with a webhook', () => {
  connectorContract(slack, slackWebhookFake);
});

it('shows what people typed, mentions nobody, and cuts no entity in two', async () => {
  const { vendor, connection } = await openFake(slack, slackBotFake());
  const body = `<!channel> *a* & <https://evil.example|bank> ${'&'.repeat(5_000)}`;
  const links = [{ title: 'A | B > C', url: 'https://ringside.example/a|b>c' }];
  const given = anEscalation({ body, links, subject: `Down\n${'<'.repeat(200)}` });
  known(await escalated(connection, given, asking()));
  const [text = ''] = vendor.model.texts();
  expect(text).toContain('<!channel> *a* & <https://evil.example|bank> &&&');
  expect(text).toContain('A   B > C https://ringside.example/a%7Cb%3Ec');
  expect(vendor.model.written(given.key)).toBe(1);
});

it.each([
  ['not_authed', 'auth'],
  ['invalid_auth', 'auth'],
  ['token_revoked', 'auth'],
  ['ratelimited', 'rate_limited'],
  ['channel_not_found', 'not_found'],
  ['is_archived', 'not_found'],
  ['not_in_channel', 'forbidden'],
  ['missing_scope', 'forbidden'],
  ['invalid_blocks', 'validation'],
  ['fatal_error', 'unavailable'],
])('reads %s in a good answer as %s', async (says, kind) => {
  const { connection } = await openFake(slack, slackBotFake({ says }));
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect([why.kind, why.vendorCode]).toEqual([kind, says]);
  expect(why.mayBeDone).toBe(says === 'fatal_error' ? true : undefined);
});

it('leads to the message, where it knows the workspace', async () => {
  const facts = { workspaceUrl: 'https://acme.slack.com/' };
  const { connection } = await openFake(slack, slackBotFake(), { facts });
  const done = known(await escalated(connection, anEscalation(), asking()));
  expect(done.url).toBe('https://acme.slack.com/archives/C0123456789/p1763800001000100');
  const elsewhere = { workspaceUrl: 'https://evil.example/slack.com/' };
  const other = await openFake(slack, slackBotFake(), { facts: elsewhere });
  expect(known(await escalated(other.connection, anEscalation(), asking())).url).toBe('');
});

it('finds a message behind many others, and posts none where it cannot tell', async () => {
  const model = slackBotFake();
  const { vendor, connection } = await openFake(slack, model);
  const given = anEscalation();
  const { id } = known(await escalated(connection, given, asking()));
  model.addMessages(450, 10);
  expect(known(await escalated(connection, given, askingAgain())).id).toBe(id);
  expect(vendor.asked.filter(({ path }) => path.endsWith('.history'))).toHaveLength(3);
  model.addMessages(1_000, 10);
  expect(whyNot(await escalated(connection, given, askingAgain())).kind).toBe('in_doubt');
  expect(model.written(given.key)).toBe(1);
});

it('looks no further back than an attempt may lie', async () => {
  const model = slackBotFake();
  const { vendor, connection } = await openFake(slack, model);
  model.addMessages(1_500, 3_600);
  const given = anEscalation();
  known(await escalated(connection, given, askingAgain()));
  expect(vendor.asked.filter(({ path }) => path.endsWith('.history'))).toHaveLength(1);
  expect(model.written(given.key)).toBe(1);
});

it('posts nothing a second time where it may not read the channel', async () => {
  const model = slackBotFake({ scopes: 'chat:write' });
  const { connection } = await openFake(slack, model);
  const given = anEscalation();
  known(await escalated(connection, given, asking()));
  const why = whyNot(await escalated(connection, given, askingAgain()));
  expect([why.kind, why.vendorCode]).toEqual(['in_doubt', 'missing_scope']);
  expect(model.written(given.key)).toBe(1);
});

it('tells the scopes, and misses the one without which it can do nothing', async () => {
  const { connection } = await openFake(slack, slackBotFake());
  const account = known(await connection.testConnection(asking()));
  expect(account).toEqual({
    name: 'Acme, C0123456789',
    facts: { workspaceUrl: 'https://acme.slack.com/' },
    scopes: ['chat:write', 'channels:history'],
  });
  const poor = await openFake(slack, slackBotFake({ scopes: 'channels:history' }));
  expect(whyNot(await poor.connection.testConnection(asking())).kind).toBe('forbidden');
});

it('tries a webhook without posting, and knows one that was taken back', async () => {
  const { vendor, connection } = await openFake(slack, slackWebhookFake());
  known(await connection.testConnection(asking()));
  expect(vendor.model.texts()).toEqual([]);
  const gone = 'https://hooks.slack.com/services/T0001/B0001/another';
  const given = { settings: { webhookUrl: gone } };
  const other = await openFake(slack, slackWebhookFake(), given);
  const why = whyNot(await other.connection.testConnection(asking()));
  expect([why.kind, why.vendorCode]).toEqual(['auth', 'no_service']);
});

it.each([
  '',
  'http://hooks.slack.com/services/T0001/B0001/notForAnybody',
  'https://hooks.slack.com.evil.example/services/T0001/B0001/notForAnybody',
  'https://hooks.slack.com@evil.example/services/T0001/B0001/notForAnybody',
])('asks nobody at the address "%s"', async (webhookUrl) => {
  const given = { settings: { webhookUrl } };
  const { vendor, connection } = await openFake(slack, slackWebhookFake(), given);
  expect(whyNot(await connection.testConnection(asking())).kind).toBe('validation');
  expect(whyNot(await escalated(connection, anEscalation(), asking())).kind).toBe('validation');
  expect(vendor.asked).toEqual([]);
});
