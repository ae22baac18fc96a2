import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import {
  becomeReady,
  answer,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { accessibilityFaults } from '../../support/axe.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test as base } from '../../support/end-to-end.ts';
import { killPage } from '../../support/kill-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

/** The whole product, whose backend reaches a help desk that runs beside the test. */
const test = base.extend<object, { readonly vendor: FakeVendor; readonly stack: Stack }>({
  vendor: [
    // Playwright reads the names of fixtures from the pattern, and this one needs none.
    async ({}, use) => {
      const vendor = await startFakeVendor(zendeskFake());
      await use(vendor);
      await vendor.stop();
    },
    { scope: 'worker' },
  ],
  stack: [
    async ({ vendor }, use) => {
      const pairs = [...vendor.origins].map(([from, to]) => `${from}=${to}`);
      const stack = await startStack(undefined, {
        backendEnv: { RINGSIDE_VENDOR_ORIGINS: pairs.join(',') },
      });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

const number = '+12025550142';

/** What this machine has of whoever is signed in, as text. */
const keptWriting = ({ desk: { page } }: DeskApp): Promise<string> =>
  page.evaluate(async () => {
    const { ringside } = window as unknown as { readonly ringside: UiBridge };
    const answer = await ringside.request('deeds.kept', null);
    return answer.ok ? JSON.stringify(answer.value.drafts) : answer.why.code;
  });

test('an administrator connects a help desk, and an agent sees who calls and what is open there', async ({
  vendor,
  stack,
  deskApp,
}) => {
  test.setTimeout(180_000);
  const person = vendor.model.addPerson({ name: 'Ana Pires', phones: ['(202) 555-0142'] });
  vendor.model.addPerson({ name: 'Bia Pires', phones: [number] });
  vendor.model.addItem(person, { title: 'Refund', isOpen: true, updatedAt: Date.now() });
  vendor.model.addArticle({ title: 'Cables that are missing', text: 'Send a cable at once.' });

  // The demo's own administrator is signed in at the API.
  await stack.rows(`UPDATE users SET role = 'administrator' WHERE username = 'bruno'`);
  const administrator = await deskApp({ username: 'bruno' });
  const { page } = administrator.desk;
  await page.getByRole('button', { name: /Extension \d+$/u }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect a system…' }).click();
  await page.getByRole('menuitem', { name: 'Zendesk' }).click();
  await page.getByLabel('Subdomain').fill('ac me');
  await page.getByLabel('OAuth client: identifier').fill('ringside-app');
  await page.getByLabel('OAuth client: secret').fill('not-for-anybody');
  await page.getByLabel(/How to connect/u).selectOption('client_credentials');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Subdomain')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Subdomain').fill('acme');
  await page.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('article', { name: 'Zendesk' });
  await row.getByRole('button', { name: 'Test' }).click();
  await expect(row).toContainText('It works: Ringside, acme.zendesk.com');
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);

  const agent = await deskApp({ username: 'alice' });
  await becomeReady(agent);
  const call = await offerCall(agent, { number });
  let elsewhere = agent.desk.page.getByRole('region', { name: 'In other systems' });
  await expect(elsewhere).toContainText('Ana Pires');
  await expect(elsewhere).toContainText('Bia Pires');
  await answer(agent, call);
  const ana = elsewhere.getByRole('button', { name: /Ana Pires/u });
  const keys = await ana.getAttribute('aria-keyshortcuts');
  await agent.desk.page.keyboard.press(keys ?? '');
  await expect(elsewhere).toContainText('Confirmed by you');
  await expect(elsewhere).toContainText('Refund');
  await hangUp(agent, call);
  await completeWrapUp(agent);

  // The next call from the number knows her here as well.
  const again = await offerCall(agent, { number });
  await expect(agent.desk.page.getByRole('region', { name: 'Customer' })).toContainText(
    'Ana Pires',
  );
  await expect(elsewhere).toContainText('Confirmed by you');
  await answer(agent, again);

  // A ticket with two keys: one opens it, the other sends it.
  let { keyboard } = agent.desk.page;
  await expect(elsewhere.getByRole('button', { name: 'New ticket' })).toBeEnabled();
  await keyboard.press('Control+F6');
  let ticket = agent.desk.page.getByRole('dialog', { name: 'New ticket' });
  await expect(ticket.getByLabel('Subject')).toHaveValue('Call from Ana Pires');
  await keyboard.press('Tab');
  await keyboard.type('The parcel came without its cable');

  // The window dies while it is written, and has it again.
  await expect.poll(() => keptWriting(agent)).toContain('without its cable');
  const dead = agent.desk.page;
  await killPage(agent.app, 'ui');
  await agent.windowIsBack(dead);
  ({ keyboard } = agent.desk.page);
  elsewhere = agent.desk.page.getByRole('region', { name: 'In other systems' });
  await expect(elsewhere.getByRole('button', { name: 'Go on with the ticket' })).toBeEnabled();
  await keyboard.press('Control+F6');
  ticket = agent.desk.page.getByRole('dialog', { name: 'New ticket' });
  await expect(ticket.getByLabel('What it is about')).toHaveValue(
    'The parcel came without its cable',
  );
  await expect(ticket.getByRole('status')).toContainText('is here again');
  await keyboard.press('Control+Enter');
  await expect.poll(() => keptWriting(agent)).toBe('[]');
  await expect(elsewhere).toContainText('Ticket · Zendesk · #');
  await expect(elsewhere).toContainText('Call from Ana Pires');
  const texts = () => vendor.model.texts().join('\n');
  expect(texts()).toContain('The parcel came without its cable');

  // A note to the open ticket, which the system refuses: it is said, kept, and tried again.
  vendor.spoil(422);
  await keyboard.press('Control+F7');
  await agent.desk.page.getByRole('dialog', { name: 'Add to a ticket' }).waitFor();
  await keyboard.type('A cable is on its way');
  await keyboard.press('Control+Enter');
  const note = elsewhere.getByRole('listitem').filter({ hasText: 'Not written' });
  await expect(note).toContainText('did not accept');
  await note.getByRole('button', { name: 'Try again' }).click();
  await expect(note).toHaveCount(0);
  await expect.poll(texts).toContain('A cable is on its way');

  // What people wrote down goes into the notes, and is kept with the call.
  await keyboard.press('Shift+F12');
  await keyboard.type('cable');
  await agent.desk.page.getByRole('dialog').getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await expect(agent.desk.page.getByRole('textbox', { name: 'Notes' })).toHaveValue(
    /Cables that are missing.*https:/u,
  );
  await hangUp(agent, again);
  await completeWrapUp(agent);

  // As the agent wishes the page opens by itself, once for the call, and takes nothing away.
  await agent.app.evaluate(({ BrowserWindow, shell }) => {
    const opened: unknown[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    shell.openExternal = (...given) => {
      opened.push(given);
      // As a browser does that comes to the front.
      const browser = new BrowserWindow();
      browser.show();
      browser.focus();
      return Promise.resolve();
    };
  });
  const isInFront = () =>
    agent.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getFocusedWindow()?.webContents.getURL().startsWith('app://ui/'),
    );
  const opened = () =>
    agent.app.evaluate(() => Reflect.get(globalThis, 'openedOutside') as readonly unknown[]);
  await keyboard.press('Control+Comma');
  await agent.desk.page.getByText('When it rings', { exact: true }).click();
  await agent.desk.page.getByRole('button', { name: 'Done' }).click();
  const third = await offerCall(agent, { number });
  await expect(elsewhere).toContainText('Refund');
  await expect.poll(opened).toHaveLength(1);
  await expect.poll(isInFront).toBe(true);
  await agent.desk.page.reload();
  await answer(agent, third);
  await expect(elsewhere).toContainText('Refund');
  expect(await opened()).toEqual([
    [expect.stringMatching(/^https:\/\/acme\.zendesk\.com\//u), { activate: false }],
  ]);

  // Begun and not sent: it waits through the night for its agent, and for nobody else at this machine.
  await keyboard.press('Control+F6');
  await agent.desk.page.getByRole('dialog', { name: 'New ticket' }).waitFor();
  await agent.desk.page.getByLabel('What it is about').fill('A second cable');
  await expect.poll(() => keptWriting(agent)).toContain('A second cable');
  await keyboard.press('Escape');
  await hangUp(agent, third);
  await agent.close();
  const other = await deskApp({ username: 'carla', profile: agent.profile });
  expect(await keptWriting(other)).toBe('[]');
  await other.close();
  const back = await deskApp({ username: 'alice', profile: agent.profile, signIn: false });
  await back.desk.signIn(back.user.username, back.user.password);
  await back.desk.button('Go on with the ticket').waitFor();
  await back.press('Control+F6');
  const form = back.desk.page.getByRole('dialog', { name: 'New ticket' });
  await expect(form.getByLabel('What it is about')).toHaveValue('A second cable');
  await form.getByRole('button', { name: 'Discard' }).click();
  await expect(form.getByLabel('What it is about')).toHaveValue('');
  await back.press('Escape');
  await back.desk.button('New ticket').waitFor();
  await completeWrapUp(back);
  await expect.poll(() => keptWriting(back)).toBe('[]');
});
