import { expect, it } from 'vitest';
import { connectorContract } from '../../../../tests/support/connectors/connector-contract.ts';
import { asking, openFake, whyNot } from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { confluence, searchWords } from './confluence.ts';
import { confluenceFake } from './confluence.fake.ts';

connectorContract(confluence, confluenceFake);

const search = async (
  query: string,
  fake = confluenceFake(),
  settings: Readonly<Record<string, string>> = {},
) => {
  const { vendor, connection } = await openFake(confluence, fake, { settings });
  const outcome = await connection.searchKnowledge?.(query, 'en-us', 5, asking());
  if (outcome === undefined) throw new Error('it searches nothing');
  return { vendor, articles: known(outcome) };
};

it('asks for words alone, whatever is typed', async () => {
  expect(searchWords('refund" OR type = "space')).toBe('refund or type space');
  expect(searchWords('Devolução NÃO-fiscal: 50%?')).toBe('devolução não fiscal 50');
  expect(searchWords('नमस्ते')).toBe('नमस्ते');
  for (const typed of ['a AND NOT b', '*', '"', '\\', 'x~2 [a TO b]', 'title:x^4', '+(-a)']) {
    expect((await search(typed)).articles).toEqual([]);
  }
});

it('asks nothing where there are no words', async () => {
  const { vendor, articles } = await search(' "*" 💥 ');
  expect(articles).toEqual([]);
  expect(vendor.asked).toEqual([]);
});

it('tells pages with their address, without the signs of what was found', async () => {
  const fake = confluenceFake();
  const id = fake.addPage({ title: 'Refund rules', text: 'five days', space: 'HELP' });
  const { articles } = await search('refund', fake);
  expect(articles).toEqual([
    {
      id,
      title: 'Refund rules',
      snippet: '… five days & more',
      url: `https://acme.atlassian.net/wiki/spaces/HELP/pages/${id}/A+page`,
    },
  ]);
});

it('leads nowhere else than to the site', async () => {
  const fake = confluenceFake({ urlBefore: '@evil.example' });
  fake.addPage({ title: 'Refund rules', text: 'five days', space: 'HELP' });
  const { articles } = await search('refund', fake);
  expect(articles.every(({ url }) => url.startsWith('https://acme.atlassian.net/wiki'))).toBe(true);
});

it('keeps to the spaces that were chosen', async () => {
  const fake = confluenceFake();
  const help = fake.addPage({ title: 'Refund rules', text: 'five days', space: 'HELP' });
  fake.addPage({ title: 'Refund of travels', text: 'ten days', space: 'HR' });
  const { articles } = await search('refund', fake, { spaces: 'HELP, SALES' });
  expect(articles.map((article) => article.id)).toEqual([help]);
});

it('takes a site that is open to everybody for no account', async () => {
  const fake = confluenceFake({ isPublic: true });
  const given = { settings: { apiToken: 'wrong' } };
  const { connection } = await openFake(confluence, fake, given);
  expect(whyNot(await connection.testConnection(asking())).kind).toBe('auth');
});
