import { expect, test } from 'vitest';
import { success } from '../../shared/result.ts';
import { headsetAsks } from './headset-asked.ts';

test('each thing that a button asks for goes where the same key goes', () => {
  const asked: unknown[] = [];
  const note = (name: string) => (payload: unknown) => {
    asked.push([name, payload]);
    return success(null);
  };
  const ask = headsetAsks({
    'help.raise': note('help'),
    'supervision.leave': note('leave'),
    'supervision.mode': note('mode'),
  });
  ask({ what: 'help', callKey: 'key' });
  ask({ what: 'listen' });
  ask({ what: 'leave_join' });
  expect(asked).toEqual([
    ['help', { callKey: 'key' }],
    ['mode', { mode: 'listen' }],
    ['leave', null],
  ]);
});
