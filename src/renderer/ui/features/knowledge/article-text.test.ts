import { describe, expect, it } from 'vitest';
import { articleText, hitsIn } from './article-text.ts';

const article = {
  id: '1',
  title: 'Refunds',
  snippet: 'Within 30 days.',
  url: 'https://a.example/1',
};

describe('an article in the notes', () => {
  it('is its title and its link, on a line of its own', () => {
    expect(articleText(article, '', false)).toBe('Refunds: https://a.example/1');
    expect(articleText(article, 'Called.\n', false)).toBe('Refunds: https://a.example/1');
    expect(articleText(article, 'Called.', false)).toBe('\nRefunds: https://a.example/1');
  });

  it('has its first words where they are wanted and known', () => {
    expect(articleText(article, '', true)).toBe('Refunds: https://a.example/1\nWithin 30 days.');
    expect(articleText({ ...article, snippet: '' }, '', true)).toBe('Refunds: https://a.example/1');
  });
});

describe('what was found', () => {
  it('has the pages to go on searching after all articles', () => {
    const link = { id: 'search', title: 'guru: refund', snippet: '', url: 'https://g.example' };
    const hits = hitsIn([
      { connectionId: 'a', name: 'Guru', connector: 'generic-http', articles: [link] },
      { connectionId: 'b', name: 'Wiki', connector: 'confluence', articles: [article] },
    ]);
    expect(hits.map(({ kind, system }) => [kind, system])).toEqual([
      ['article', 'Wiki'],
      ['search_page', 'Guru'],
    ]);
  });
});
