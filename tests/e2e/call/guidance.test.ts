import { answer, becomeReady, beInCall, hangUp, offerCall } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import type { DeskApp } from '../../support/desk-app.ts';

/** A customer of sales, where the demo has a script and asks who is calling. */
const inSales = async (deskApp: DeskApp) => {
  await becomeReady(deskApp);
  return beInCall(deskApp, { queue: 'sales' });
};

const attempts = ({ stack }: DeskApp) =>
  stack.rows('SELECT outcome, answers FROM verification_attempts ORDER BY began_at', []);

test('a call is gone through by script, the customer verified and the notes written, by keyboard', async ({
  alice,
}) => {
  const { desk, press } = alice;
  const { keyboard } = desk.page;
  const call = await inSales(alice);
  const script = desk.page.getByRole('region', { name: 'Script', exact: true });
  await expect(script).toBeVisible();
  await press('F12');
  await press('1');
  await expect(script.getByRole('listitem')).toHaveText([
    '1The need is clear',
    '2Somebody else decides',
  ]);
  await press('2');
  await press('Backspace');
  await press('1');
  await expect(script).toContainText('Wants an offer → The need is clear');

  await desk.page.reload();
  await expect(script).toContainText('Wants an offer → The need is clear');

  await press('Control+KeyT');
  const customer = desk.page.getByRole('region', { name: 'Customer', exact: true });
  await press('1');
  await press('1');
  await expect(customer).toContainText(/Verified/u);
  await expect
    .poll(() => attempts(alice))
    .toMatchObject([
      {
        outcome: 'verified',
        answers: [
          { question: 'name', answer: 'right' },
          { question: 'email', answer: 'right' },
        ],
      },
    ]);

  await press('F12');
  await press('n');
  await press('Control+KeyN');
  await keyboard.type('off');
  await press('Enter');
  const notes = desk.page.getByRole('textbox', { name: 'Notes' });
  await expect(notes).toHaveValue(
    /^New sale: Wants an offer → The need is clear\nOffer wanted by /u,
  );

  await hangUp(alice, call);
  await expect(notes).toBeVisible();
  await desk.chooseWrapUpCode('Quote');
  await press('Control+Enter');
  await expect(desk.wrapUp).toHaveCount(0);

  await press('Control+Shift+KeyF');
  await desk.page.locator('[data-contact-id] [data-row]').first().press('Enter');
  const page = desk.page.getByRole('main');
  await expect(page.getByRole('region', { name: 'Identity' })).toContainText(
    /Verified.*by Alice Byrne.*First and last name: Right/su,
  );
  await expect(page.getByRole('region', { name: 'Script' })).toContainText(
    /Wants an offer.*Back.*The need is clear/su,
  );
});

test('whoever takes the customer over reads who failed to verify, and nothing stands in the way of the wrap-up', async ({
  alice,
  deskApp,
}) => {
  const { desk, press } = alice;
  const call = await inSales(alice);
  await press('Control+KeyT');
  await press('2');
  const failed = desk.page.getByRole('region', { name: 'Customer', exact: true });
  await expect(failed).toContainText('Verification failed');
  await expect(failed).toContainText('1 failed attempt in 24 hours');
  await expect(desk.page.getByText('Identity not verified: the answers were wrong')).toHaveCount(0);
  await hangUp(alice, call);
  await expect(desk.page.getByText('Identity not verified: the answers were wrong')).toBeVisible();
  await desk.chooseWrapUpCode('No interest');
  await press('Control+Enter');
  await expect(desk.wrapUp).toHaveCount(0);
  await alice.close();

  const bruno = await deskApp({ username: 'bruno' });
  await becomeReady(bruno);
  const { number } = call.customer;
  const next = await offerCall(bruno, { queue: 'sales', number });
  await answer(bruno, next);
  await expect(
    bruno.desk.page.getByRole('region', { name: 'Customer', exact: true }),
  ).toContainText('1 failed attempt in 24 hours');
  await hangUp(bruno, next);
});
