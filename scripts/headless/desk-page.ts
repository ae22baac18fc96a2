import type { Locator, Page } from 'playwright';

/** The desk as an assistive technology meets it: by role and accessible name (English). */
export type DeskPage = ReturnType<typeof deskPage>;

export const deskPage = (page: Page) => {
  const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const call = (state?: string): Locator =>
    page.locator(
      state === undefined ? '[data-call-id]' : `[data-call-id][data-call-state="${state}"]`,
    );
  return {
    page,
    region,
    button,
    call,
    agentState: region('Agent state'),
    customer: region('Customer'),
    consent: region('Consent'),
    wrapUp: region('Wrap-up'),
    statusLine: region('Status line'),
    signIn: async (username: string, password: string): Promise<void> => {
      await page.getByLabel('Username').fill(username);
      // A password field has a "show" button beside it that carries the label's word too.
      await page.getByLabel('Password', { exact: true }).fill(password);
      await button('Sign in').click();
      await region('Agent state').waitFor();
    },
    ready: async (): Promise<void> => {
      await button('Ready').click();
    },
    chooseWrapUpCode: async (search: string): Promise<void> => {
      const combobox = region('Wrap-up').getByRole('combobox').first();
      await combobox.click();
      await combobox.fill(search);
      await page.getByRole('option').first().click();
    },
  };
};
