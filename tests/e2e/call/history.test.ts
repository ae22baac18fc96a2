import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { beInCall, becomeReady, completeWrapUp, hangUp } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState } from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

/** The number that the PBX was asked for. */
const dialedAtPbx = async ({ stack }: DeskApp, since: number): Promise<string> => {
  const { message } = await stack.pbx.event(
    'an outbound call at the PBX',
    (name, seen) => name === 'UserEvent' && field(seen, 'userevent') === 'RingsideOutbound',
    { since },
  );
  return field(message, 'number');
};

test('a call is found among all calls by part of a name and by digits, and called back; a starred colleague is called after a restart, and sees who was missed', async ({
  deskApp,
  alice,
}) => {
  test.setTimeout(90_000);
  const bruno = await deskApp({ username: 'bruno' });
  await expect(bruno.desk.statusLine).toContainText('Registered');
  await becomeReady(alice);
  const call = await beInCall(alice);
  const { name, number } = call.customer;
  await hangUp(alice, call);
  await completeWrapUp(alice, { notes: 'The heron by the pond' });
  await expectAgentState(alice, { state: 'ready' });

  const { page } = alice.desk;
  await alice.press('Control+Shift+KeyF');
  const search = page.getByRole('searchbox', { name: text('history.search') });
  const newest = page.locator('[data-contact-id]').first();
  const notes = page.getByText('The heron by the pond');
  for (const typed of [name.slice(1, 6), number.slice(-6), 'HERON resol']) {
    await search.fill('');
    await search.pressSequentially(typed);
    await expect(search).toHaveValue(typed);
    await expect(notes).toBeVisible();
  }
  await expect(page.locator('[data-contact-id]')).toHaveCount(1);
  const since = Date.now();
  await search.press('ArrowDown');
  await expect(newest.locator('[data-row]')).toBeFocused();
  await alice.press('Shift+Enter');
  expect(await dialedAtPbx(alice, since)).toBe(number);
  await alice.desk.button('Hang up').click();
  await expectAgentState(alice, { state: 'ready' });

  await alice.press('Control+Shift+KeyC');
  await page.keyboard.type('Bruno');
  const colleague = page.getByRole('button', { name: /^Bruno Almeida/u });
  await expect(colleague).toContainText(text('agent.state.not_ready'));
  await alice.desk.button('Add Bruno Almeida to favourites').click();
  await alice.desk.button('Remove Bruno Almeida from favourites').waitFor();
  await alice.close();

  const again = await deskApp({ username: 'alice', profile: alice.profile });
  await expect(again.desk.statusLine).toContainText('Registered');
  const favourite = again.desk.page
    .getByRole('list', { name: text('favourite.title') })
    .getByRole('button', { name: /^Bruno Almeida/u });
  await expect(favourite).toContainText(text('agent.state.not_ready'));
  await favourite.focus();
  await again.press('Enter');
  await bruno.desk.call('offered').waitFor();
  await again.desk.button('Hang up').click();
  await expectAgentState(again, { state: 'not_ready' });
  await bruno.press('Control+Shift+KeyF');
  await bruno.desk.button(text('history.show.missed')).click();
  const missed = bruno.desk.page.locator('[data-contact-id]').first();
  await expect(missed).toContainText('Alice Byrne');
  await expect(missed).toContainText(`${text('history.missed')}: ${text('end.cancelled.remote')}`);
});
