import { expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import type { Fault } from '../../../../tests/support/connectors/fake-vendor.ts';
import { asking, openFake } from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { notion } from './notion.ts';
import { notionFake } from './notion.fake.ts';

connectorContract(notion, notionFake);

const search = async (fake = notionFake(), blocksFault?: Fault, deadlineMs = 5_000) => {
  const { vendor, connection } = await openFake(notion, fake);
  vendor.spoilBy(({ path }) => (path.startsWith('/v1/blocks') ? blocksFault : undefined));
  const ask = { ...asking(), deadlineMs };
  const outcome = await connection.searchKnowledge?.('refund', 'pt-br', 5, ask);
  if (outcome === undefined) throw new Error('it searches nothing');
  return { vendor, articles: known(outcome) };
};

it('tells titles with the first words of the page', async () => {
  const fake = notionFake();
  const id = fake.addPage({ title: 'Refund <rules>', text: 'Five days\nat most' });
  const { vendor, articles } = await search(fake);
  expect(articles).toEqual([
    {
      id,
      title: 'Refund rules',
      snippet: 'Five days at most',
      url: `https://www.notion.so/Page-${id.replaceAll('-', '')}`,
    },
  ]);
  expect(vendor.violations).toEqual([]);
});

it('tells what it found without first words where those cannot be had', async () => {
  const fake = notionFake();
  fake.addPage({ title: 'Refund rules', text: 'Five days' });
  for (const fault of [404, 429, 'slow', 'html', 'cut_off_before'] as const) {
    const startedAt = performance.now();
    const { articles } = await search(fake, fault, 800);
    expect(articles.map(({ title, snippet }) => [title, snippet])).toEqual([['Refund rules', '']]);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  }
});

it('reads the begin of three pages at most', async () => {
  const fake = notionFake();
  for (const number of [1, 2, 3, 4, 5]) {
    fake.addPage({ title: `Refund ${String(number)}`, text: 'Words' });
  }
  const { vendor, articles } = await search(fake);
  expect(articles.map(({ snippet }) => snippet)).toEqual(['Words', 'Words', 'Words', '', '']);
  expect(vendor.asked).toHaveLength(4);
});

it('leaves out what is in the trash or has no title, and leads to Notion alone', async () => {
  const fake = notionFake();
  fake.addPage({ title: 'Refund, old', inTrash: true });
  const id = fake.addPage({ title: 'Refund', url: 'https://evil.example/notion.so' });
  const { articles } = await search(fake);
  expect(articles.map(({ url }) => url)).toEqual([
    `https://www.notion.so/${id.replaceAll('-', '')}`,
  ]);
});
