import { randomUUID } from 'node:crypto';
import type { AgentQueues } from '../../../src/shared/api/acting.ts';
import type { TransferTargets } from '../../../src/shared/api/routes.ts';
import {
  answer,
  becomeReady,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expectAgentState, isMember, isOfferedCalls, signedIn } from '../../support/far-end.ts';
import type { Stack } from '../../support/stack.ts';

/** By the key; the supervisor answers beside the call, and of what is written only a page of the centre opens. */
const askForHelp = async (desk: DeskApp, { administrator, rows }: Stack): Promise<void> => {
  const { page } = desk.desk;
  const { name } = administrator.session.desk.user;
  await desk.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  await desk.press('F1');
  const strip = page.getByRole('region', { name: 'Help', exact: true });
  await expect(strip).toContainText('Your hand is up');
  const [hand] = (await desk.deskSnapshot()).hands ?? [];
  const path = `/hands/${hand?.id ?? ''}`;
  await administrator.ask('POST', `${path}/take`, { from: null });
  const text = 'See https://help.example.com/refunds, not https://example.com/.';
  await administrator.ask('POST', `${path}/messages`, { messageId: randomUUID(), text });
  await expect(strip).toContainText(`${name} is helping you`);
  await strip.getByRole('link').click();
  const openedOutside = () =>
    desk.app.evaluate(() => Reflect.get(globalThis, 'openedOutside') as readonly string[]);
  await expect.poll(openedOutside).toEqual(['https://help.example.com/refunds']);
  await strip.getByRole('textbox').fill('Thank you.');
  await page.keyboard.press('Enter');
  await expect(strip).toContainText('Thank you.');
  await strip.getByRole('button', { name: 'Done' }).click();
  await expect(strip).toHaveCount(0);
  const kept =
    'SELECT h.over_why, count(*)::integer AS lines FROM hands h JOIN hand_messages m ON m.hand_id = h.id WHERE h.id = $1 GROUP BY h.id';
  expect(await rows(kept, [hand?.id])).toEqual([{ over_why: 'answered', lines: 2 }]);
};

/** Out of every queue and back; the PBX follows, and the desk says by whom. */
const moveBetweenQueues = async (desk: DeskApp, stack: Stack, agentId: string): Promise<void> => {
  const { page } = desk.desk;
  const { ask, session } = stack.administrator;
  const path = `/agents/${agentId}/queues`;
  const usual = ((await ask('GET', path)).body as AgentQueues).queues
    .filter(({ usually }) => usually)
    .map(({ name }) => name);
  expect(await ask('PUT', path, { queues: [], span: 'today' })).toMatchObject({ status: 200 });
  const isIn = () => isMember(stack, desk.user.extension);
  await expect.poll(isIn).toBe(false);
  const { name } = session.desk.user;
  // Others may have written to her before.
  await page.getByRole('button', { name: /^(?:Message from|\d+ messages)/u }).click();
  const memos = page.getByRole('dialog', { name: 'From your supervisors' });
  const memo = memos
    .getByRole('listitem')
    .filter({ hasText: `${name} changed your queues. You serve none for now.` });
  await memo.getByRole('button', { name: 'Got it' }).click();
  await expect(memo).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(memos).toHaveCount(0);
  await ask('PUT', path, { queues: usual, span: 'today' });
  await expect.poll(isIn).toBe(true);
};

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

  await moveBetweenQueues(alice, stack, id);
  await becomeReady(alice);
  const call = await offerCall(alice);
  await answer(alice, call);
  await askForHelp(alice, stack);
  await force('offline');
  const state = page.getByRole('region', { name: 'Agent state' });
  await expect(state).toContainText(`${user.name} signs you out`);
  await hangUp(alice, call);
  await expectAgentState(alice, { state: 'wrap_up' });
  await completeWrapUp(alice);
  await expect(page.getByText(`${user.name} signed you out.`)).toBeVisible();
  expect(await signedIn(stack)).not.toContain('alice');
});
