import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeptWriting } from '../../shared/ipc/deeds.ts';
import { createBodyCipher } from '../journal/body-cipher.ts';
import { openJournal } from '../journal/journal.ts';
import { writingDrafts } from './writing-drafts.ts';

const contactId = '0193aaaa-0000-7000-8000-00000000000d';
const writing = (body: string): KeptWriting => ({
  kind: 'note',
  contactId,
  draft: {
    ...{ key: contactId, connectionId: null, ticket: null, isPublic: false },
    subject: '4111 1111 1111 1111',
    body,
  },
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'ringside-writing-'));

const at = (userId: string | null, isCardTaken: boolean) =>
  writingDrafts({
    session: { userId: () => userId },
    journal: openJournal(join(folder(), 'j.sqlite'), createBodyCipher(new Uint8Array(32)), 0),
    wallNow: () => 1,
    isCardTaken: () => isCardTaken,
    onProblem: () => {
      throw new Error('the disk was asked for too much');
    },
  });

const bodyOf = async (drafts: ReturnType<typeof at>): Promise<unknown> => {
  const answer = await drafts['deeds.kept'](null);
  return answer.ok ? answer.value.drafts.map(({ draft }) => [draft.subject, draft.body]) : answer;
};

test('no number of a card reaches the disk, and while one is taken no part of it', async () => {
  const calm = at('alice', false);
  await calm['deeds.keep'](writing('order 8123456, card 4111111111111111'));
  expect(await bodyOf(calm)).toEqual([
    [expect.not.stringContaining('1111'), expect.stringMatching(/^order 8123456, card \D+$/u)],
  ]);
  const taking = at('alice', true);
  await taking['deeds.keep'](writing('it begins with 41111111'));
  expect(await bodyOf(taking)).toEqual([
    [expect.not.stringContaining('1111'), expect.not.stringContaining('1111')],
  ]);
});

test('what is dropped is gone, and nobody keeps or reads anything before signing in', async () => {
  const drafts = at('alice', false);
  await drafts['deeds.keep'](writing('a cable'));
  await drafts['deeds.keep']({ kind: 'note', contactId, draft: null });
  expect(await bodyOf(drafts)).toEqual([]);
  const nobody = at(null, false);
  const refused = { ok: false, why: { code: 'not_signed_in' } };
  expect(await nobody['deeds.keep'](writing('a cable'))).toMatchObject(refused);
  expect(await nobody['deeds.kept'](null)).toMatchObject(refused);
});
