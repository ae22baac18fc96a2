import { answer, beInCall, finishCall, offerCall } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { channels, contactOf } from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';

const sharedNumber = '+442079460120';

test('two customers with one number: both are shown, and one is chosen with a key', async ({
  stack,
  alice,
}) => {
  const { desk, press } = alice;
  const call = await offerCall(alice, { number: sharedNumber, extension: alice.user.extension });
  await expect(desk.customer).toHaveAttribute('data-match', 'several');
  const options = desk.customer.getByRole('listitem').getByRole('button');
  await expect(options).toHaveCount(2);
  const second = (await options.nth(1).innerText()).includes('Jasper')
    ? 'Jasper Rowe'
    : 'Eleanor Whitby';
  await answer(alice, call);
  await press('Control+Digit2');
  await expect(desk.customer).toHaveAttribute('data-match', 'confirmed');
  await expect(desk.customer.getByRole('heading', { name: second })).toBeVisible();
  const contact = await contactOf(stack, call.customer.callKey);
  expect(contact['match']).toBe('confirmed');
  const [chosen] = await stack.rows('SELECT name FROM customers WHERE id = $1', [
    contact['customer_id'],
  ]);
  expect(chosen?.['name']).toBe(second);
  await finishCall(alice, call);
});

test('a number that agrees in its last digits only is a possible match, confirmed with a key', async ({
  stack,
  alice,
}) => {
  const { desk, press } = alice;
  const [spanish] = await stack.rows(
    `SELECT c.name, n.number FROM customer_numbers n JOIN customers c ON c.id = n.customer_id
     WHERE n.number LIKE '+34600%' ORDER BY n.number LIMIT 1`,
  );
  const withoutCountry = String(spanish?.['number']).replace('+34', '');
  const call = await beInCall(alice, { number: withoutCountry, extension: alice.user.extension });
  await expect(desk.customer).toHaveAttribute('data-match', 'maybe');
  await expect(desk.customer).toContainText(String(spanish?.['name']));
  await press('Control+Digit1');
  await expect(desk.customer).toHaveAttribute('data-match', 'confirmed');
  expect((await contactOf(stack, call.customer.callKey))['match']).toBe('confirmed');
  await finishCall(alice, call);
});

test('an unknown caller becomes a customer, and is known the next time', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const caller = { number: '+12025550188', extension: alice.user.extension };
  const call = await beInCall(alice, caller);
  await expect(desk.customer).toHaveAttribute('data-match', 'unknown');
  await desk.customer.getByLabel('Name', { exact: true }).fill('Wanda “W” Novák');
  await desk.customer.getByLabel('Company').fill('Novák & Daughters');
  await desk.button('Create customer').click();
  await expect(desk.customer).toHaveAttribute('data-match', 'confirmed');
  const [created] = await stack.rows(
    `SELECT c.id, c.name, c.company FROM customers c JOIN customer_numbers n ON n.customer_id = c.id
     WHERE n.number = $1`,
    [caller.number],
  );
  expect(created).toMatchObject({ name: 'Wanda “W” Novák', company: 'Novák & Daughters' });
  expect((await contactOf(stack, call.customer.callKey))['customer_id']).toBe(created?.['id']);
  await finishCall(alice, call);

  const again = await offerCall(alice, caller);
  await expect(desk.customer).toHaveAttribute('data-match', 'exact');
  await expect(desk.call('offered')).toContainText('Wanda “W” Novák');
  expect(again.callId).not.toBe(call.callId);
});

test('an unknown caller is linked to a customer who was searched for', async ({ stack, alice }) => {
  const { desk } = alice;
  const call = await beInCall(alice, {
    number: '+12025550189',
    extension: alice.user.extension,
  });
  await desk.customer.getByLabel('Link to a customer').fill('whitby');
  await desk.customer.getByRole('button', { name: /Eleanor Whitby/u }).click();
  await expect(desk.customer).toHaveAttribute('data-match', 'confirmed');
  const contact = await contactOf(stack, call.customer.callKey);
  const [linked] = await stack.rows('SELECT name FROM customers WHERE id = $1', [
    contact['customer_id'],
  ]);
  expect(linked?.['name']).toBe('Eleanor Whitby');
  await finishCall(alice, call);
});

test('a customer deleted in mid-call is said to be deleted, and the call goes on', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const number = '+12025550190';
  const made = await stack.administrator.ask('POST', '/customers', { name: 'Soon Gone', number });
  expect(made.status).toBeLessThan(300);
  const { id } = made.body as { readonly id: string };
  const call = await beInCall(alice, { number, extension: alice.user.extension });
  await expect(desk.customer).toHaveAttribute('data-match', 'exact');
  const deleted = await stack.administrator.ask('DELETE', `/customers/${id}`);
  expect(deleted.status).toBeLessThan(300);
  await expect(desk.customer).toHaveAttribute('data-match', 'deleted');
  await expect(desk.customer).toContainText(text('match.deletedTitle'));
  await expect(desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
  expect(await channels(stack)).toContain(call.channel);
  await finishCall(alice, call);
  expect(await contactOf(stack, call.customer.callKey)).toMatchObject({
    match: 'deleted',
    customer_id: null,
  });
});
