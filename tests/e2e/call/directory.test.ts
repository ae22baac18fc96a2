import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answer,
  becomeReady,
  completeWrapUp,
  hangUp,
  offerCall,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';

test('an administrator imports a file, and the next call from a number in it shows the name', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(180_000);
  const file = join(stack.scratch, 'customers.csv');
  const saved = join(stack.scratch, 'refused.csv');
  const rows = [
    'Código;Nombre;Apellido;Teléfono',
    'C-1;Íñigo;Peña;+1 202 555 0143',
    '=C-2;Eva;;=1+1',
    '',
  ];
  writeFileSync(file, Buffer.from(rows.join('\r\n'), 'latin1'));

  await stack.rows(`UPDATE users SET role = 'administrator' WHERE username = 'bruno'`);
  const administrator = await deskApp({ username: 'bruno' });
  await administrator.app.evaluate(
    ({ dialog }, paths) => {
      // Nobody is there to choose files.
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.file] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.saved });
    },
    { file, saved },
  );
  const { page } = administrator.desk;
  await page.getByRole('button', { name: /Extension \d+$/u }).click();
  await page.getByRole('menuitem', { name: 'Customer directory' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByText('WINDOWS-1252, separated by semicolons')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('Line 3: not a phone number')).toBeVisible();
  await page.getByRole('button', { name: 'Save refused lines…' }).click();
  await expect
    .poll(() => readFileSync(saved, { encoding: 'utf8', flag: 'a+' }))
    .toContain(`"'=1+1"`);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('The file is imported.').first()).toBeVisible();

  const agent = await deskApp({ username: 'alice' });
  await becomeReady(agent);
  const call = await offerCall(agent, { number: '+12025550143' });
  await expect(agent.desk.page.getByRole('region', { name: 'Customer' })).toContainText(
    'Íñigo Peña',
  );
  await answer(agent, call);
  await hangUp(agent, call);
  await completeWrapUp(agent);
});
