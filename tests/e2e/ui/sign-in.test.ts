import { expect, test } from './support/gallery.ts';

test('a wrong password is said in words, and the password is ready to be typed again', async ({
  gallery,
}) => {
  const scene = await gallery('sign-in');
  await scene.page.getByLabel('Username').fill('ana');
  await scene.page.getByLabel('Password', { exact: true }).fill('wrong');
  await scene.page.keyboard.press('Enter');
  await expect(scene.page.getByText('Username and password do not match.')).toBeVisible();
  await expect(scene.page.getByLabel('Password', { exact: true })).toBeFocused();
});

test('a person of the demo fills the form with one press', async ({ gallery }) => {
  const scene = await gallery('sign-in');
  await scene.page.getByRole('button', { name: /Ana Ferreira/u }).click();
  await scene.button('Sign in').click();
  expect(await scene.asked('session.signIn')).toEqual([{ username: 'ana', password: 'demo-1001' }]);
});

test('outside of a demo nobody is offered', async ({ gallery }) => {
  const { page } = await gallery('sign-in-plain');
  await expect(page.getByText('Demo contact centre')).toHaveCount(0);
});

test('it tells why the last session ended', async ({ gallery }) => {
  const { page } = await gallery('sign-in-elsewhere');
  await expect(
    page.getByRole('alert').filter({ hasText: 'somebody signed in as you' }),
  ).toBeVisible();
});

test('the language changes at once, everywhere', async ({ gallery }) => {
  const scene = await gallery('sign-in');
  await scene.button('Español').click();
  await expect(scene.button('Iniciar sesión')).toBeVisible();
  await expect(scene.page.locator('html')).toHaveAttribute('lang', 'es');
});
