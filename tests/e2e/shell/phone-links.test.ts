import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect } from 'playwright/test';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import { describeAppLaunch } from '../../../scripts/platform/electron-launch.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import {
  contentOf,
  forget,
  launchApp,
  waitFor,
  type AppUnderTest,
} from './support/app-under-test.ts';
import { contactLink } from '../../../src/shared/domain/contact/contact-link.ts';
import { addCalls } from '../../support/deeds/outbox-bed.ts';
import { signIn, test } from './support/desk-under-test.ts';

/** What the system does with a link: the program is started a second time, and passes it on. */
const opener = async (app: AppUnderTest, backendUrl: string) => {
  const { executablePath, args, env } = describeAppLaunch({
    electron: await ensureElectron(cacheDirectory()),
    backendUrl,
    profileDir: app.profileDir,
  });
  return async (link: string): Promise<void> => {
    const second = spawn(executablePath, [...args, link], { env, stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
  };
};

test('a link is passed on to the program that runs, waits for the sign-in, outlives a crash and dials nothing', async ({
  desks,
}) => {
  const app = await launchApp({ backendUrl: desks.url });
  await app.page('phone');
  const open = await opener(app, desks.url);
  await open('tel:+1-303-555-0142');
  await waitFor('the link', async () => (await app.desk()).dialRequest?.state === 'waiting');
  await signIn(app);
  const asked = await waitFor('the question', async () => {
    const { dialRequest } = await app.desk();
    return dialRequest?.state === 'number' ? dialRequest : null;
  });
  expect(asked).toMatchObject({ source: 'link', number: '+13035550142' });

  await app.kill('ui');
  const page = await app.page('ui');
  await page.getByRole('dialog', { name: 'A link asks for a call' }).waitFor();
  expect((await app.phone()).calls).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await waitFor('the end of it', async () => (await app.desk()).dialRequest === null);

  await open('tel:*21*3035550177#');
  await page.getByText('* and # are codes of a phone system').waitFor();
  await waitFor('the end of that', async () => (await app.desk()).dialRequest === null);
  expect((await app.phone()).calls).toEqual([]);
  await app.close();
  expect(contentOf(app.profileDir)).not.toMatch(/3035550142|3035550177/u);
  forget(app.profileDir);
});

test('a link to a contact waits for the sign-in and opens it for whoever may see it', async ({
  desks,
}) => {
  const [call] = await addCalls(desks.database, 1, Date.now());
  const seen = call?.contactId ?? '';
  const app = await launchApp({ backendUrl: desks.url });
  await app.page('phone');
  const open = await opener(app, desks.url);
  await open(contactLink(seen));
  await waitFor('the link', async () => (await app.desk()).linkedContact?.state === 'waiting');
  const page = await app.page('ui');
  await page.getByText('A link to a contact waits until you sign in.').waitFor();
  await signIn(app);
  await page
    .getByRole('main', { name: 'Contact' })
    .getByText(/303\D+555\D?1000/u)
    .first()
    .waitFor();
  await waitFor('the end of it', async () => (await app.desk()).linkedContact === null);

  await open(contactLink(randomUUID()));
  await page.getByText('it is not yours to see').waitFor();
  await open('ringside://contact/..%2f..%2fsettings');
  await page.getByText('A link was not opened: it names no contact.').waitFor();
  await app.close();
  forget(app.profileDir);
});
