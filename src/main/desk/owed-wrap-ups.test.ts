import { expect, test } from 'vitest';
import type { MyWrapUps } from '../../shared/api/wrap-ups.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import { success } from '../../shared/result.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDeskStore } from './desk-store.ts';
import { adoptOwedWrapUps } from './owed-wrap-ups.ts';

const wrapUp = { state: 'wrap_up', callKeys: ['k'], next: { kind: 'ready' } };
const owed: MyWrapUps['owed'][number] = {
  callId: 'owed',
  callKey: 'k',
  queue: 'support',
  remoteNumber: '+1',
  remoteName: 'Nora',
  facts: [],
  draft: { revision: 7, code: 'fault', codes: ['printer'], fields: { order: 'A1' }, notes: 'half' },
};
const closedBy = {
  kind: 'wrap_up_completed',
  id: 'f',
  callId: 'gone',
  callKey: 'g',
  at: 1,
  code: 'fault',
  notes: '',
  by: 'supervisor',
} as const;

const adopt = async (state: unknown, known: readonly Partial<WrapUpDraft>[] = []) => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  store.update({ agent: { state, since: 1, revision: 1 } as never });
  const adopted: WrapUpDraft[] = [];
  const closed: string[] = [];
  const asked: string[] = [];
  await adoptOwedWrapUps({
    store,
    session: {
      userId: () => 'me',
      request: ({ path }) => {
        asked.push(path);
        const value = { owed: [owed], closed: [{ callId: 'gone', fact: closedBy }] };
        return Promise.resolve(success(value as never));
      },
    },
    ledger: {
      wrapUps: () => known as readonly WrapUpDraft[],
      adopt: (draft) => adopted.push(draft),
      close: (callId) => closed.push(callId),
    },
    drain: () => Promise.resolve(),
  });
  return { adopted, closed, asked };
};

test('a wrap-up that the backend waits for is brought here as it was typed last', async () => {
  const { adopted } = await adopt(wrapUp);
  expect(adopted).toMatchObject([
    {
      callId: 'owed',
      callKey: 'k',
      ended: true,
      code: 'fault',
      codes: ['printer'],
      fields: { order: 'A1' },
      notes: 'half',
      revision: 7,
    },
  ]);
});

test('what was completed elsewhere meanwhile is let go of', async () => {
  const { closed, asked } = await adopt({ state: 'ready' }, [{ callId: 'gone', ended: true }]);
  expect(asked).toEqual(['/wrap-ups/mine?known=gone']);
  expect(closed).toEqual(['gone']);
});

test('nobody is asked while nothing is owed, here or there', async () => {
  expect(await adopt({ state: 'ready' }, [{ callId: 'live', ended: false }])).toMatchObject({
    asked: [],
    adopted: [],
  });
});
