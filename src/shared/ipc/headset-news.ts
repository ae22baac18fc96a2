import { headsetLogLength, type HeadsetNews } from './headset.ts';

export type HeadsetWatch = Pick<HeadsetNews, 'headsets' | 'entries'>;

export const nothingWatched: HeadsetWatch = { headsets: [], entries: [] };

/** What is known after this news: each headset by its latest description, and the latest entries. */
export const withNews = (known: HeadsetWatch, news: HeadsetNews): HeadsetWatch => {
  const before = news.whole ? nothingWatched : known;
  const told = new Set(news.headsets.map(({ headset }) => headset));
  return {
    headsets: [...before.headsets.filter(({ headset }) => !told.has(headset)), ...news.headsets],
    entries: [...before.entries, ...news.entries].slice(-headsetLogLength),
  };
};
