import { expect, test } from 'vitest';
import type { Contact } from '../../shared/api/records.ts';
import { success } from '../../shared/result.ts';
import { lineRequests } from './line-requests.ts';

const judged = {
  verdict: 'unknown',
  proofs: [{ what: 'media_path', when: 'after', ageMs: 4_000 }],
};
const contact = {
  card: {
    ...{ contactId: 'c', callKey: 'k', direction: 'inbound', queue: 'support', startedAt: 0 },
    ...{ remoteNumber: '+34963152208', remoteName: 'Puerto Azul' },
    match: { kind: 'exact', customer: { name: 'Marta Ruiz', notes: 'private' } },
  },
  endedAt: 60_000,
  legs: [
    { callId: 'a', agent: { name: 'Ana' }, notes: 'what was said', line: { seconds: 9, judged } },
    { callId: 'b', agent: { name: 'Tom' }, notes: '' },
  ],
} as unknown as Contact;

const bed = (save: (name: string, text: string) => Promise<string | null>) => {
  const asked: string[] = [];
  // Each answer is taken as its schema says; there is no backend here.
  const request = ((order: { readonly path: string }) => {
    asked.push(order.path);
    return Promise.resolve(success(contact));
  }) as never;
  return { asked, requests: lineRequests({ request }, { saveFile: save, wallNow: () => 0 }) };
};

test('what was counted of a contact is written to a file, and nothing of what was said', async () => {
  const written: string[] = [];
  const { asked, requests } = bed((name, text) => {
    written.push(name, text);
    return Promise.resolve('/home/ana/line.json');
  });
  expect(await requests['line.export']({ contactId: 'c' })).toEqual(success('/home/ana/line.json'));
  expect(asked).toEqual(['/contacts/c']);
  expect(written[0]).toBe('ringside-line-c.json');
  expect(JSON.parse(written[1] ?? '')).toMatchObject({
    kind: 'ringside-line-evidence',
    contact: { number: '+34963152208', endedAt: '1970-01-01T00:01:00.000Z' },
    legs: [
      { callId: 'a', agent: 'Ana', line: { seconds: 9, judged } },
      { callId: 'b', agent: 'Tom', line: null },
    ],
  });
  expect(written[1]).not.toMatch(/private|what was said|Marta/u);
});

test('a disk that takes no file is told', async () => {
  const { requests } = bed(() => Promise.reject(new Error('the disk is full')));
  expect(await requests['line.export']({ contactId: 'c' })).toMatchObject({
    ok: false,
    why: { code: 'failed' },
  });
});
