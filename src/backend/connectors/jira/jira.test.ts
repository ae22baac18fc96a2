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
import { jira } from './jira.ts';
import { jiraFake } from './jira.fake.ts';

connectorContract(jira, jiraFake);

it('cuts a long subject and a long text, and keeps the links', async () => {
  const { vendor, connection } = await openFake(jira, jiraFake());
  for (const body of ['💥 line\n\n'.repeat(9_000), 'x'.repeat(60_000)]) {
    const given = anEscalation({ subject: `${'a\n'.repeat(200)}💥`, body });
    known(await escalated(connection, given, asking()));
    const text = vendor.model.texts().find((each) => each.includes(`Ringside ${given.key}`));
    expect(text).toContain('…');
    expect(text).toContain('https://ringside.example/contacts/1');
  }
  expect(vendor.violations).toEqual([]);
});

it('writes what people typed as text, line by line', async () => {
  const { vendor, connection } = await openFake(jira, jiraFake());
  const body = '*not bold* [x|https://evil.example]\n\n\nh1. no title\n{code}\n';
  known(await escalated(connection, anEscalation({ body }), asking()));
  expect(vendor.model.texts()[0]).toContain('*not bold* [x|https://evil.example]\nh1. no title');
});

it('links back to the contact once, however often it is asked', async () => {
  const { vendor, connection } = await openFake(jira, jiraFake());
  const given = anEscalation();
  vendor.spoilBy(({ path }) => (path.endsWith('/remotelink') ? 503 : undefined));
  const why = whyNot(await escalated(connection, given, asking()));
  expect([why.kind, why.mayBeDone]).toEqual(['unavailable', true]);
  vendor.spoilBy(null);
  for (const _ of [1, 2]) {
    const done = known(await escalated(connection, given, askingAgain()));
    expect(done).toEqual({
      type: 'issue',
      id: 'SUP-1',
      url: 'https://acme.atlassian.net/browse/SUP-1',
    });
  }
  expect(vendor.model.texts().slice(1)).toEqual(['https://ringside.example/contacts/1']);
  expect(vendor.violations).toEqual([]);
});

it('says of an issue whose link has to wait that it may be there', async () => {
  const { vendor, connection } = await openFake(jira, jiraFake());
  vendor.spoilBy(({ path }) => (path.endsWith('/remotelink') ? 429 : undefined));
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect([why.kind, why.mayBeDone]).toEqual(['rate_limited', true]);
  expect(vendor.model.texts()).toHaveLength(1);
});

it('escalates with an account that may not link: the text has the links', async () => {
  const { vendor, connection } = await openFake(jira, jiraFake({ mayLink: false }));
  known(await escalated(connection, anEscalation(), asking()));
  expect(vendor.model.texts()).toHaveLength(1);
});

it('names what keeps an issue from being made', async () => {
  const test = async (fake = jiraFake(), settings: Readonly<Record<string, string>> = {}) => {
    const { connection } = await openFake(jira, fake, { settings });
    return connection.testConnection(asking());
  };
  const wanted = whyNot(await test(jiraFake({ required: ['customfield_10010'] })));
  expect(wanted.kind).toBe('validation');
  expect(wanted.message).toBe('the issue type needs more fields: customfield_10010 (Severity)');
  const lacking = whyNot(await test(jiraFake({ withoutFields: ['labels'] })));
  expect(lacking.message).toBe("the issue type's screen lacks: labels");
  const other = whyNot(await test(jiraFake(), { issueType: 'Story' }));
  expect(other.message).toBe('the project has other issue types: Task, Bug');
  expect(whyNot(await test(jiraFake(), { project: 'NOPE' })).kind).toBe('not_found');
  const account = known(await test(jiraFake(), { issueType: 'bug' }));
  expect(account.facts).toEqual({ issueTypeId: '10004' });
});

it('makes the issue type that the test of the connection found, whatever it is called now', async () => {
  const given = { settings: { issueType: 'Renamed' }, facts: { issueTypeId: '10001' } };
  const { vendor, connection } = await openFake(jira, jiraFake(), given);
  known(await escalated(connection, anEscalation(), asking()));
  expect(vendor.model.texts()).toHaveLength(2);
});

it('tells spent points of an hour from a burst', async () => {
  const model = jiraFake();
  const headers = {
    'ratelimit-reason': 'jira-quota-tenant-based',
    'x-ratelimit-reset': new Date(Date.now() + 1_800_000).toISOString(),
  };
  const refusal = (status: number) =>
    status === 429 ? { status, body: {}, headers } : model.refusal(status);
  const { vendor, connection } = await openFake(jira, { ...model, refusal });
  vendor.spoil(429);
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect([why.kind, why.vendorCode]).toEqual(['quota_exhausted', 'jira-quota-tenant-based']);
  expect(why.retryAfterMs).toBeGreaterThan(1_700_000);
});

it('waits as long as a Jira that is down says, and names fields alone', async () => {
  const model = jiraFake();
  const refusal = (status: number) =>
    status === 503 ? { status, body: {}, headers: { 'retry-after': '7' } } : model.refusal(status);
  const { vendor, connection } = await openFake(jira, { ...model, refusal });
  vendor.spoil(503, 422);
  expect(whyNot(await escalated(connection, anEscalation(), asking())).retryAfterMs).toBe(7_000);
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect(why.message).toBe('create issue: refused with 422, wrong: summary');
});
