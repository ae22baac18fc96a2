import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { probeDesk } from '../../bench/support/desk-probe.ts';
import {
  answer,
  beRung,
  completeWrapUp,
  dial,
  expectLegGone,
} from '../../support/agent-at-work.ts';
import { expect, test as base } from '../../support/end-to-end.ts';
import {
  audibleDb,
  channels,
  contactOf,
  expectAgentState,
  expectSameHandleTime,
  heardInHeadset,
  legOf,
  silentDb,
} from '../../support/far-end.ts';
import { startPlainSipService } from '../../support/plain-sip/plain-sip-service.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { text } from '../../support/texts.ts';

/** As an operator would say it. */
const withEnvironment = async <Value>(
  values: Readonly<Record<string, string>>,
  work: () => Promise<Value>,
): Promise<Value> => {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
};

/** Database and backend of the product, and somebody else's exchange. */
const test = base.extend<object, { readonly stack: Stack }>({
  stack: [
    async ({}, use) => {
      const service = await startPlainSipService();
      const stack = await withEnvironment(
        {
          RINGSIDE_PBX: 'none',
          RINGSIDE_SIP_URL: service.running.sipUrl,
          RINGSIDE_SIP_ACCOUNTS: service.accountsPath,
        },
        () => startStack(service.running),
      );
      await use(stack);
      await stack.stop();
      await service.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** A customer of the record whose number nobody else has. */
const knownCustomer = async (stack: Stack) => {
  const [row] = await stack.rows(
    `SELECT c.name, n.number FROM customers c JOIN customer_numbers n ON n.customer_id = c.id
     WHERE (SELECT count(*) FROM customer_numbers o WHERE o.number = n.number) = 1
     ORDER BY n.number LIMIT 1`,
  );
  return { name: String(row?.['name']), number: String(row?.['number']) };
};

const callsIn = (stack: Stack, number: string): Promise<unknown> =>
  stack.pbx.cli(
    `channel originate Local/echo@customers/n extension 1001${number.slice(1)}@outside`,
  );

test('a call of a plain SIP service: it rings with the record, is heard, held, handed over and wrapped up', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const customer = await knownCustomer(stack);
  await desk.ready();
  await expectAgentState(alice, { state: 'ready' });
  await expect(desk.statusLine).toContainText(text('status.pbx.absent'));
  await expect(desk.region(text('demo.title'))).toHaveCount(0);

  const since = Date.now();
  const probe = await probeDesk(desk.page);
  await callsIn(stack, customer.number);
  const popped = await probe.nextCall();
  const call = await beRung(alice, since);
  await expect(desk.customer).toContainText(customer.name);
  const ringing = (await alice.phoneSnapshot()).calls[0];
  expect(ringing?.callKey, 'the key is the SIP Call-ID').toMatch(/^[0-9a-f-]{36}$/u);
  // The phone's own word makes the record; on a busy machine as well it comes with the ring.
  expect(popped.poppedAt - (ringing?.facts[0]?.at ?? 0)).toBeLessThan(2_000);
  await expectAgentState(alice, { state: 'reserved' });

  await answer(alice, call);
  await expectAgentState(alice, { state: 'engaged' });
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);
  await expect(desk.consent).toContainText(text('consent.impossible'));
  await expect(desk.button(text('consent.button.asked'))).toHaveCount(0);

  await desk.button('Hold').click();
  await desk.button('Resume').waitFor();
  await expect.poll(() => heardInHeadset(stack, 1)).toBeLessThan(silentDb);
  await desk.button('Resume').click();
  await desk.button('Hold').waitFor();
  await expect.poll(() => heardInHeadset(stack, 1)).toBeGreaterThan(audibleDb);

  await desk.button('Transfer').click();
  const search = desk.page.getByLabel(text('transfer.withoutQueues.search'));
  await expect(desk.page.getByRole('option', { name: 'Support' })).toHaveCount(0);
  await search.fill('600');
  await desk.button('Transfer now').click();
  await expectLegGone(stack, call.channel, since);
  // The customer went on to the colleague: an echo hears an echo, without the agent.
  await expect.poll(async () => (await channels(stack)).join()).not.toContain('PJSIP/1001');
  expect((await channels(stack)).length).toBeGreaterThan(0);
  await stack.pbx.cli('channel request hangup all');
  await completeWrapUp(alice, { notes: 'handed over' });
  await expectAgentState(alice, { state: 'ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({ outcome: 'transferred' });
  expect(await expectSameHandleTime(alice, call.callId)).toBeGreaterThan(2_000);
  const contact = await contactOf(stack, ringing?.callKey ?? '');
  expect(contact).toMatchObject({ direction: 'inbound', queue: null, match: 'exact' });
  expect(Number(contact['ended_at'])).toBeGreaterThan(Number(contact['started_at']));
});

test('a call out through a plain SIP service, and a colleague asked in between', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const since = Date.now();
  const call = await dial(alice, '+1 202 555 0143');
  await stack.pbx.event(
    'the number as the service was asked for it',
    (name, seen) => name === 'Newchannel' && field(seen, 'exten') === '+12025550143',
    { since },
  );
  await desk.call('connected').waitFor();
  await expectAgentState(alice, { state: 'engaged' });
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);
  await desk.button('Transfer').click();
  await desk.page.getByLabel(text('transfer.withoutQueues.search')).fill('600');
  await desk.button('Ask first').click();
  await expect(desk.call('connected')).toHaveCount(2);
  await desk.button('Complete transfer').click();
  await expectLegGone(stack, call.channel, since);
  expect((await channels(stack)).join()).not.toContain('PJSIP/1001');
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
});

test('who has no account at the service reads why, and calls nobody', async ({ deskApp }) => {
  const bruno = await deskApp({ username: 'bruno' });
  await expect(bruno.desk.agentState).toContainText(text('agent.unreachable.account_no_account'));
});
