import { beRung, customerCalls, expectLegGone } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { contactOf, expectAgentState } from '../../support/far-end.ts';
import { rawCallerCalls } from '../../support/raw-caller.ts';

/** Controls, line ends, and the marks that turn or hide text. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** After the first six the phone lets two calls a second through; faster ones are busy. */
const betweenCallsMs = 450;

const reject = async (deskApp: DeskApp, channel: string, since: number): Promise<void> => {
  await deskApp.press('Control+Shift+KeyX');
  await expectLegGone(deskApp.stack, channel, since);
  await expectAgentState(deskApp, { state: 'not_ready' });
  await deskApp.desk.page.waitForTimeout(betweenCallsMs);
};

/** What the phone was told, as main has it. */
const offeredNow = async (deskApp: DeskApp, callId: string) => {
  const { calls } = await deskApp.phoneSnapshot();
  const call = calls.find((candidate) => candidate.callId === callId);
  if (call === undefined) throw new Error('the phone does not show the call');
  return call;
};

const names = [
  { what: 'markup', name: '<img src=x onerror="document.title=1">', shows: '<img src=x onerror=' },
  { what: 'quotes and backslashes', name: `O'Brien "Bob" \\ & <b>Co</b>`, shows: `O'Brien "Bob"` },
  {
    what: 'a header smuggled in by line ends',
    name: 'Eve\r\nX-Ringside-Queue: sales\r\n',
    shows: 'Eve',
  },
  { what: 'a right-to-left override', name: 'invoice\u202egpj.exe', shows: 'invoice' },
  { what: '250 characters', name: `Ana ${'x'.repeat(246)}`, shows: 'Ana xxxx' },
  { what: 'emoji', name: '👩‍🚀 Zoë 李', shows: 'Zoë 李' },
  { what: 'nothing but blanks', name: '   \t ', shows: '(202) 555-0171' },
] as const;

test('no caller’s name, whatever is in it, runs, breaks a line, turns text round or forges a header', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const title = await desk.page.title();
  for (const { what, name, shows } of names) {
    await test.step(what, async () => {
      const since = Date.now();
      await rawCallerCalls(stack, {
        extension: alice.user.extension,
        caller: { name, plainNumber: '+12025550171' },
      });
      const { callId, channel } = await beRung(alice, since);
      await expect(desk.call('offered')).toContainText(shows);
      const { remote, queue, callKey } = await offeredNow(alice, callId);
      expect(queue).toBeNull();
      const contact = await contactOf(stack, callKey);
      for (const text of [remote.name, String(contact['remote_name'])]) {
        expect(text).not.toMatch(unseen);
        expect(Array.from(text).length).toBeLessThanOrEqual(128);
      }
      expect(await desk.page.locator('[src="x"]').count()).toBe(0);
      expect(await desk.page.title()).toBe(title);
      await reject(alice, channel, since);
    });
  }
});

const numbers = [
  'anonymous',
  '',
  'Restricted',
  '<script>alert(1)</script>',
  '0000000000',
  '1002',
  '+12',
  "'; DROP TABLE customers; --",
  '٠١٢٣٤٥٦٧٨٩',
  '9'.repeat(60),
] as const;

test('numbers that are none ring as unknown callers, and every one can be rejected', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const before = await stack.rows('SELECT count(*)::integer AS count FROM customers');
  for (const number of numbers) {
    await test.step(number === '' ? 'no number' : number, async () => {
      const since = Date.now();
      await rawCallerCalls(stack, { extension: alice.user.extension, caller: { number } });
      const { callId, channel } = await beRung(alice, since);
      await expect(desk.customer).toHaveAttribute('data-match', 'unknown');
      const { callKey } = await offeredNow(alice, callId);
      expect(await contactOf(stack, callKey)).toMatchObject({
        match: 'unknown',
        customer_id: null,
      });
      await reject(alice, channel, since);
    });
  }
  expect(await stack.rows('SELECT count(*)::integer AS count FROM customers')).toEqual(before);
});

test('a customer of every country of the demo is found by the number', async ({ stack, alice }) => {
  const { desk } = alice;
  const customers = await stack.rows(
    `SELECT DISTINCT ON (c.country) c.country, c.name, n.number FROM customers c
       JOIN customer_numbers n ON n.customer_id = c.id AND n.position = 1
     WHERE c.country <> '' AND (SELECT count(*) FROM customer_numbers o WHERE o.number = n.number) = 1
     ORDER BY c.country, c.name`,
  );
  expect(customers.length).toBeGreaterThanOrEqual(12);
  for (const customer of customers) {
    const country = String(customer['country']);
    await test.step(country, async () => {
      const since = Date.now();
      const number = String(customer['number']);
      await customerCalls(stack, { number, name: 'SOMEBODY', extension: alice.user.extension });
      const { channel } = await beRung(alice, since);
      await expect(desk.customer).toHaveAttribute('data-match', 'exact');
      await expect(desk.call('offered')).toContainText(String(customer['name']));
      await reject(alice, channel, since);
    });
  }
});
