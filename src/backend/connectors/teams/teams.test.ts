import { expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { anEscalation, escalated } from '../../../../tests/support/connectors/escalating.ts';
import { asking, openFake, whyNot } from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { teams } from './teams.ts';
import { teamsFake } from './teams.fake.ts';

connectorContract(teams, teamsFake);

it('cuts what would be too large, and keeps every link and the mark', async () => {
  const { vendor, connection } = await openFake(teams, teamsFake());
  const links = Array.from({ length: 8 }, (_, index) => ({
    title: `Link ${String(index)}`,
    url: `https://ringside.example/contacts/${String(index)}`,
  }));
  for (const body of ['ñ💥'.repeat(20_000), 'x\n'.repeat(20_000)]) {
    const given = anEscalation({ body, links, subject: 'Outage\n'.repeat(200) });
    known(await escalated(connection, given, asking()));
    expect(vendor.model.written(given.key)).toBe(1);
    const text = vendor.model.texts().at(-1) ?? '';
    for (const { url } of links) expect(text).toContain(url);
  }
  expect(vendor.violations).toEqual([]);
});

it('tries the workflow without posting', async () => {
  const model = teamsFake();
  const { connection } = await openFake(teams, model);
  const account = known(await connection.testConnection(asking()));
  expect(account.name).toBe('Teams: prod-11.westeurope.logic.azure.com');
  expect([model.runs(), model.texts()]).toEqual([1, []]);
});

it('names why a workflow refuses', async () => {
  const { vendor, connection } = await openFake(teams, teamsFake());
  vendor.spoil(400);
  const why = whyNot(await escalated(connection, anEscalation(), asking()));
  expect([why.kind, why.vendorCode]).toEqual(['validation', 'WorkflowRefused400']);
});

const inPath = 'workflows/0af1/triggers/manual/paths/invoke?sig=x';
it.each([
  [`https://evil.example/${inPath}`, false],
  [`https://evil.example/x.logic.azure.com/${inPath}`, false],
  [`https://a.logic.azure.com.evil.example/${inPath}`, false],
  [`https://logic.azure.com.evil.example/${inPath}`, false],
  [`https://a.logic.azure.com@evil.example/${inPath}`, false],
  [`https://evillogic.azure.com/${inPath}`, false],
  [`https://a.logic.azure.com:8443/${inPath}`, false],
  [`http://a.logic.azure.com/${inPath}`, false],
  [`https://a.logic.azure.com:443/${inPath}`, true],
  [`https://default1.2c.environment.api.powerplatform.com/${inPath}`, true],
  [`https://make.powerautomate.com/${inPath}`, true],
])('takes %s: %s', async (webhookUrl, isTaken) => {
  const [field] = teams.fields;
  const whole = new RegExp(`^(?:${field?.pattern?.source ?? ''})$`, 'u');
  expect(whole.test(webhookUrl)).toBe(isTaken);
  if (isTaken) return;
  const { vendor, connection } = await openFake(teams, teamsFake(), { settings: { webhookUrl } });
  expect(whyNot(await escalated(connection, anEscalation(), asking())).kind).toBe('validation');
  expect(whyNot(await connection.testConnection(asking())).kind).toBe('validation');
  expect(vendor.asked).toEqual([]);
});
