import { accessibilityFaults } from '../../support/axe.ts';
import { expect, test } from './support/gallery.ts';

/** Scripts, identity and pieces of text: by keyboard alone. */

test('a script is gone through by its digits, back and anew, and its way goes into the notes', async ({
  gallery,
}) => {
  const scene = await gallery('guidance-begin', { language: 'es' });
  const { page } = scene;
  const script = scene.region('Guion');
  await expect(script).toContainText('Buenos días, Marta Villanueva Ruiz, le habla Ana Ferreira.');
  await page.keyboard.press('F12');
  await expect(script).toBeFocused();
  await page.keyboard.press('1');
  await expect(script).toContainText('Lo anoto en T-20418.');
  await page.keyboard.press('Backspace');
  await expect(script).toContainText('¿Qué aparato no tiene conexión?');
  await page.keyboard.press('2');
  await expect(script).toContainText('Lo anoto en T-20418.');
  await page.keyboard.press('1');
  await expect(script).toContainText('El guion termina aquí.');
  // There is no such choice any more.
  await page.keyboard.press('1');
  await page.keyboard.press('n');
  await page.getByRole('tab', { name: 'Notas' }).press('Enter');
  await expect(page.getByLabel('Notas', { exact: true }).last()).toHaveValue(
    'Línea caída: Todo → Funciona\n',
  );
  const moves = (await scene.asked('guidance.move')) as readonly { readonly move: string }[];
  expect(moves.map(({ move }) => move)).toEqual([
    'started',
    'chose',
    'went_back',
    'chose',
    'chose',
  ]);
  await page.keyboard.press('F12');
  await page.keyboard.press('0');
  await expect(script).toContainText('¿Qué aparato no tiene conexión?');
});

test('a customer is verified by three keys, and the record says so in words', async ({
  gallery,
}) => {
  const scene = await gallery('guidance-begin');
  const { page } = scene;
  const customer = scene.region('Customer');
  await expect(customer).toContainText('Not verified');
  await expect(page.getByText('Identity not verified yet')).toBeVisible();
  await page.keyboard.press('Control+KeyT');
  const identity = scene.region('Identity');
  await expect(identity).toBeFocused();
  await expect(identity).toContainText('2208, 4017');
  await page.keyboard.press('1');
  await expect(customer).toContainText('Verification begun');
  await page.keyboard.press('3');
  await page.keyboard.press('1');
  await expect(customer).toContainText(/Verified at \d/u);
  await expect(page.getByText('Identity not verified yet')).toHaveCount(0);
  const presses = (await scene.asked('guidance.press')) as readonly Readonly<
    Record<string, unknown>
  >[];
  expect(presses.map(({ question, answer }) => [question, answer])).toEqual([
    ['name', 'right'],
    ['number', 'skipped'],
    ['ticket', 'right'],
  ]);
  expect(new Set(presses.map(({ attempt }) => attempt)).size).toBe(1);
  expect(JSON.stringify(presses)).not.toMatch(/Marta|T-20418|2208/u);
});

test('what is wrong stays wrong until it is taken back, and asking again is another attempt', async ({
  gallery,
}) => {
  const scene = await gallery('guidance-failed');
  const { page } = scene;
  const customer = scene.region('Customer');
  await expect(customer).toContainText('2 failed attempts in 24 hours');
  await expect(customer).toContainText('Verification failed');
  await page.keyboard.press('Control+KeyT');
  // The attempt is decided.
  await page.keyboard.press('1');
  expect(await scene.asked('guidance.press')).toHaveLength(0);
  await page.keyboard.press('Backspace');
  await expect(customer).toContainText('Verification begun');
  await page.keyboard.press('2');
  await expect(customer).toContainText('Verification failed');
  await page.keyboard.press('0');
  await page.keyboard.press('1');
  await page.keyboard.press('1');
  await expect(customer).toContainText('Verified at');
  const presses = (await scene.asked('guidance.press')) as readonly { readonly attempt: string }[];
  expect(new Set(presses.map(({ attempt }) => attempt)).size).toBe(2);
});

test('a slash and some letters put a piece of text into the notes, with what is missing selected', async ({
  gallery,
}) => {
  const scene = await gallery('guidance-begin');
  const { page } = scene;
  await page.keyboard.press('Control+KeyN');
  const notes = page.getByRole('textbox', { name: 'Notes' });
  const list = page.getByRole('listbox', { name: 'Pieces of text' });
  await expect(notes).toBeFocused();
  await expect(list.getByRole('option')).toHaveCount(2);
  await page.keyboard.type('re');
  await expect(list.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(notes).toHaveValue(
    'Restarted with Marta Villanueva Ruiz of [company]; works again. ',
  );
  await expect
    .poll(() =>
      notes.evaluate((field) =>
        field instanceof HTMLTextAreaElement
          ? field.value.slice(field.selectionStart, field.selectionEnd)
          : '',
      ),
    )
    .toBe('[company]');
  await page.keyboard.type('the shop');
  await expect(notes).toHaveValue(
    'Restarted with Marta Villanueva Ruiz of the shop; works again. ',
  );
  // Escape leaves what was typed, and a slash within a word is just a slash.
  await page.keyboard.press('Control+End');
  await page.keyboard.type('/ca');
  await expect(list).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await page.keyboard.type('ll and/or');
  await expect(list).toHaveCount(0);
  await expect(notes).toHaveValue(/works again\. \/call and\/or$/u);
  await expect(notes).toBeFocused();
});

test('the end of a call shows the notes, and the keys of another part write nothing there', async ({
  gallery,
}) => {
  const scene = await gallery('guidance-wrap-up');
  const { page } = scene;
  const notes = page.getByRole('textbox', { name: 'Notes' });
  await expect(notes).toBeVisible();
  await page.keyboard.press('F12');
  await expect(scene.region('Script')).toBeFocused();
  await expect(notes).toBeHidden();
  // What the wrap-up lacks is shown where it is.
  await page.keyboard.press('Control+Shift+KeyU');
  await expect(page.getByRole('combobox', { name: /^Codes?$/u })).toBeFocused();
});

test('of two calls each stays where it was in its script', async ({ gallery }) => {
  const scene = await gallery('guidance-begin');
  const { page } = scene;
  const script = scene.region('Script');
  await page.keyboard.press('F12');
  await page.keyboard.press('1');
  await expect(script).toContainText('Lo anoto en T-20418.');
  await scene.act((bridge) => {
    const [call] = bridge.phone().calls;
    const [card] = bridge.desk().cards;
    if (call === undefined || card === undefined) return;
    const ids = { callId: '0193aaaa-0000-7000-8000-0000000000ff', callKey: 'other' };
    bridge.changePhone({ calls: [call, { ...call, ...ids }] });
    bridge.changeDesk({ cards: [card, { ...card, callKey: ids.callKey }] });
  }, null);
  const open = page
    .getByRole('navigation', { name: 'Open calls and wrap-ups' })
    .getByRole('button');
  await open.nth(1).press('Enter');
  await expect(script).toContainText('¿Qué aparato no tiene conexión?');
  await page.keyboard.press('F12');
  await page.keyboard.press('3');
  await expect(script).toContainText('Gracias por llamar.');
  await open.nth(0).press('Enter');
  await expect(script).toContainText('Lo anoto en T-20418.');
  await script.getByRole('button', { name: 'Read in English' }).press('Enter');
  await expect(script).toContainText('I write that to T-20418.');
});

test('scripts that could not be had are told of, and the notes are there all the same', async ({
  gallery,
}) => {
  const { page } = await gallery('guidance-away');
  await expect(
    page.getByText(/^Scripts, questions and pieces of text are not here/u),
  ).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
});

test('a queue that names nothing has the notes alone', async ({ gallery }) => {
  const { page } = await gallery('in-call');
  await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`scripts, identity and pieces of text have no accessibility problem in ${theme}`, async ({
    gallery,
  }) => {
    for (const [name, key] of [
      ['guidance-script', 'F12'],
      ['guidance-begin', 'Control+KeyT'],
      ['guidance-failed', 'Control+KeyT'],
      ['guidance-verified', 'Control+KeyT'],
      ['guidance-wrap-up', 'Control+KeyN'],
    ] as const) {
      const { page } = await gallery(name, { theme });
      if (key === 'Control+KeyN') await page.getByRole('textbox', { name: 'Notes' }).waitFor();
      await page.keyboard.press(key);
      if (key === 'Control+KeyN')
        await page.getByRole('listbox', { name: 'Pieces of text' }).waitFor();
      expect(
        await accessibilityFaults(page, theme === 'light' ? 'everything' : 'colours'),
        name,
      ).toEqual([]);
    }
  });
}
