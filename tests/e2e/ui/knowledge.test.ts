import { accessibilityFaults } from '../../support/axe.ts';
import { expect, type Scene, test } from './support/gallery.ts';

/** The knowledge base by keyboard: searched as it is typed, chosen with arrows, put into the notes. */

const search = async ({ page }: Scene, text: string): Promise<void> => {
  await page.keyboard.press('Shift+F12');
  await page.getByRole('combobox', { name: 'Search the knowledge base' }).fill(text);
};

const notesOf = ({ page }: Scene) => page.getByRole('textbox', { name: 'Notes' });

test('an article is put where the caret stood, with its link, and typing goes on behind it', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const notes = notesOf(scene);
  await notes.fill('Called.');
  await search(scene, 'terminal');
  const dialog = scene.page.getByRole('dialog', { name: 'Knowledge' });
  await expect(dialog.getByRole('option')).toHaveCount(3);
  await expect(dialog).toContainText('Help centre does not answer.');
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('option', { selected: true })).toContainText('Refunds');
  await scene.page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(notes).toBeFocused();
  await scene.page.keyboard.type('!');
  await expect(notes).toHaveValue('Called.\nRefunds: https://acme.atlassian.net/wiki/2!');
});

test('its first words come with one more key', async ({ gallery }) => {
  const scene = await gallery('wrap-up');
  await notesOf(scene).fill('');
  await search(scene, 'refund');
  await scene.page.getByRole('option', { name: /Refunds/u }).waitFor();
  await scene.page.keyboard.press('ArrowDown');
  await scene.page.keyboard.press('Shift+Enter');
  await expect(notesOf(scene)).toHaveValue(
    'Refunds: https://acme.atlassian.net/wiki/2\nWithin 30 days, to the card that was used.',
  );
});

test('what is typed is looked for once, and its page opens beside the desk', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await scene.page.keyboard.press('Shift+F12');
  await scene.page.getByRole('combobox', { name: 'Search the knowledge base' }).waitFor();
  await scene.page.keyboard.type('term');
  await scene.page.getByRole('dialog').getByRole('option').first().waitFor();
  // Each of the three systems by itself.
  const asked = await scene.asked('knowledge.search');
  expect(asked).toMatchObject([{ text: 'term' }, { text: 'term' }, { text: 'term' }]);
  expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(3);
  await scene.page.keyboard.press('Control+g');
  await expect
    .poll(() => scene.asked('elsewhere.open'))
    .toEqual([{ url: 'https://acme.atlassian.net/wiki/1' }]);
  // A page to go on searching is no article: it opens.
  await scene.page.getByRole('option', { name: 'Search in Guru' }).click();
  await expect.poll(() => scene.asked('elsewhere.open')).toHaveLength(2);
});

test('who answers is shown while another is still waited for, and nothing moves when it answers', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await search(scene, 'slow');
  const dialog = scene.page.getByRole('dialog', { name: 'Knowledge' });
  const guru = dialog.getByRole('option', { name: 'Search in Guru' });
  await expect(guru).toBeVisible();
  await expect(dialog).toContainText('Help centre does not answer.');
  // What may step back behind articles is chosen by nobody but the agent.
  await expect(guru).toHaveAttribute('aria-selected', 'false');
  await expect(dialog).toContainText('Still searching in Confluence…');
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('ArrowDown');
  await expect(guru).toHaveAttribute('aria-selected', 'true');
  await scene.page.evaluate(() => window.dispatchEvent(new Event('slow-answer')));
  await expect(dialog.getByRole('option')).toHaveCount(3);
  await expect(dialog).not.toContainText('Still searching');
  await expect(guru).toHaveAttribute('aria-selected', 'true');
  await scene.page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('option', { selected: true })).toContainText('Refunds');
});

test('what there is to say is said in words, and Escape leads back', async ({ gallery }) => {
  const scene = await gallery('in-call');
  const notes = notesOf(scene);
  await notes.focus();
  await search(scene, '');
  const dialog = scene.page.getByRole('dialog', { name: 'Knowledge' });
  await expect(dialog).toContainText('at least two letters');
  for (const [typed, said] of [
    ['nothing', 'Nothing found for “nothing”.'],
    ['not set up', 'Your administrator can connect one.'],
    ['away', 'The server does not answer.'],
  ] as const) {
    await dialog.getByRole('combobox').fill(typed);
    await expect(dialog).toContainText(said);
  }
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(notes).toBeFocused();
});

test('wrap-up codes are mapped to what a system knows, with an outcome for all others', async ({
  gallery,
}) => {
  const scene = await gallery('connections');
  const { page } = scene;
  await page.getByRole('button', { name: 'Ana Ferreira Extension' }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
  await page
    .getByRole('article', { name: 'Help desk' })
    .getByRole('button', { name: 'Change' })
    .click();
  const table = page.getByRole('region', { name: 'Wrap-up codes in Zendesk' });
  await table.getByLabel('All other codes').selectOption('Left a message');
  await table.getByRole('combobox').first().selectOption('Connected');
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  await scene.button('Save').click();
  await expect.poll(() => scene.asked('connections.save')).toHaveLength(1);
  const [saved] = await scene.asked('connections.save');
  expect(JSON.stringify(saved)).toContain('"*":"message"');
  expect(JSON.stringify(saved)).toContain(':"connected"');
});

test('a new connection says when its outcomes can be chosen, since nobody knows them before', async ({
  gallery,
}) => {
  const { page } = await gallery('connections');
  await page.getByRole('button', { name: 'Ana Ferreira Extension' }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect a system…' }).click();
  await page.getByRole('menuitem', { name: 'Zendesk' }).click();
  await page.getByRole('switch', { name: 'Log calls there by themselves' }).press('Space');
  await expect(page.getByText('Once Zendesk is connected')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Wrap-up codes in Zendesk' })).toHaveCount(0);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
});
