import type { PhoneAnswer, PhoneSnapshot, TransferTarget } from '../../../src/shared/ipc/phone.ts';
import { agentHearsDb, listenIn, speakAs } from './ears.ts';
import type { EnginePage } from './engine-page.ts';
import type { FarEnd } from './far-end.ts';
import { until } from './far-end.ts';
import type { PhoneBed } from './phone-bed.ts';
import { closeWithoutErrors } from './phone-bed.ts';

/** Everybody has a voice of their own; the agent's is `agentToneHz`. */
export const customerToneHz = 1_000;
const calledToneHz = 1_300;
const colleagueToneHz = 1_900;
export const audibleDb = -30;

export const colleague: TransferTarget = { kind: 'agent', extension: '1002' };

/** A customer in conversation with the agent. */
export type Customer = {
  readonly callId: string;
  readonly number: string;
  readonly toneHz: number;
  readonly hears: (toneHz: number) => Promise<number>;
  readonly hangUp: () => void;
};

/** An agent, a colleague, and customers who call (by the PBX) or are called (a phone of this PBX too). */
export type JointCalls = {
  readonly agent: EnginePage;
  readonly other: EnginePage;
  readonly customerCalls: () => Promise<Customer & { readonly customer: FarEnd }>;
  readonly customerIsCalled: () => Promise<Customer>;
  /** The agent asks the colleague, who answers. Returns the agent's call. */
  readonly asks: (customer: Pick<Customer, 'callId'>) => Promise<string>;
  /** The colleague calls, and the agent answers. Returns the agent's call. */
  readonly isAsked: () => Promise<string>;
  readonly bothHear: (customer: Pick<Customer, 'hears' | 'toneHz'>) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The call's id, of a command that must succeed. */
export const done = (answer: PhoneAnswer): string => {
  if (!answer.ok) throw new Error(`the phone refused: ${answer.why}`);
  return answer.value.callId ?? '';
};

export const callIn = (
  phone: EnginePage,
  callId: string,
): PhoneSnapshot['calls'][number] | undefined =>
  phone.latest().calls.find((call) => call.callId === callId);

export const openJointCalls = async (bed: PhoneBed): Promise<JointCalls> => {
  await bed.pbx.setPassword('1003', 'secret-1003');
  const agent = await bed.registered('1001');
  const other = await bed.registered('1002');
  let called: EnginePage | null = null;
  const voice = async (phone: EnginePage, toneHz: number) => {
    await speakAs(phone.page, toneHz);
    await listenIn(phone.page);
    return phone;
  };
  await listenIn(agent.page);
  await voice(other, colleagueToneHz);

  const connected = async (phone: EnginePage, callId: string) => {
    await until('connected', () => callIn(phone, callId)?.state === 'connected');
    return callId;
  };
  const answers = async (phone: EnginePage) => {
    const { callId } = await phone.untilCall('offered');
    done(await phone.command({ kind: 'answer', callId }));
    return connected(phone, callId);
  };

  return {
    agent,
    other,
    customerCalls: async () => {
      const customer = bed.farEnds.expect();
      customer.say(customerToneHz);
      await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
      const callId = await answers(agent);
      await until('the customer hears', () => customer.firstHeardAt() !== null);
      return {
        customer,
        callId,
        number: '+12025550123',
        toneHz: customerToneHz,
        hears: (toneHz) => Promise.resolve(customer.heardDb(toneHz)),
        hangUp: customer.hangUp,
      };
    },
    customerIsCalled: async () => {
      const phone = (called ??= await voice(await bed.registered('1003'), calledToneHz));
      const callId = done(await agent.command({ kind: 'dial', number: '1003' }));
      const theirs = await answers(phone);
      await connected(agent, callId);
      return {
        callId,
        number: '1003',
        toneHz: calledToneHz,
        hears: (toneHz) => agentHearsDb(phone.page, toneHz),
        hangUp: () => void phone.command({ kind: 'end', callId: theirs }),
      };
    },
    asks: async ({ callId }) => {
      const consult = await agent.command({ kind: 'consult', callId, to: colleague });
      await answers(other);
      return connected(agent, done(consult));
    },
    isAsked: async () => {
      done(await other.command({ kind: 'dial', number: '1001' }));
      return answers(agent);
    },
    bothHear: async ({ hears, toneHz }) => {
      await until(
        'the customer hears the colleague',
        async () => (await hears(colleagueToneHz)) > audibleDb,
      );
      await until(
        'the colleague hears the customer',
        async () => (await agentHearsDb(other.page, toneHz)) > audibleDb,
      );
    },
    close: async () => {
      for (const phone of [agent, other, called])
        if (phone !== null) await closeWithoutErrors(phone);
    },
  };
};
