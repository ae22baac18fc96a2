import type { TransferTargets } from '../../../src/shared/api/routes.ts';
import {
  answer,
  becomeReady,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState, isOfferedCalls, signedIn } from '../../support/far-end.ts';

test('what a supervisor decides is told on the desk by name, and waits for the call and its wrap-up', async ({
  stack,
  alice,
}) => {
  const { page } = alice.desk;
  const { user } = stack.administrator.session.desk;
  // The API answers by its schema.
  const { agents } = (await stack.administrator.ask('GET', '/transfer-targets'))
    .body as TransferTargets;
  const id = agents.find(({ extension }) => extension === alice.user.extension)?.id ?? '';
  const force = async (state: string) => {
    const path = `/agents/${id}/state`;
    expect(await stack.administrator.ask('PUT', path, { state })).toMatchObject({ status: 200 });
  };
  await becomeReady(alice);
  await force('not_ready');
  const told = page.getByRole('status').filter({ hasText: `Set to not ready by ${user.name}.` });
  await expect(told).toHaveCount(1);
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(false);

  await becomeReady(alice);
  const call = await offerCall(alice);
  await answer(alice, call);
  await force('offline');
  const state = page.getByRole('region', { name: 'Agent state' });
  await expect(state).toContainText(`${user.name} signs you out`);
  await hangUp(alice, call);
  await expectAgentState(alice, { state: 'wrap_up' });
  await completeWrapUp(alice);
  await expect(page.getByText(`${user.name} signed you out.`)).toBeVisible();
  expect(await signedIn(stack)).not.toContain('alice');
});
