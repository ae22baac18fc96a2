import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openRtpMedia, type RtpMedia } from '../../integration/pbx/rtp-media.ts';
import { createSipPhone, openUdpWire, type PhoneCall } from '../../integration/pbx/sip-phone.ts';
import { plainSdp } from '../../integration/pbx/test-sdp.ts';
import { levelDb, rmsDb } from '../../integration/pbx/tone.ts';
import type { SupervisionMode } from '../../../src/shared/domain/supervision/join.ts';
import type { RecordedAgent } from '../consent/recorded-agent.ts';
import type { RecordedCentre } from '../consent/recorded-centre.ts';

/** Whole waves in the span that is listened to, and what µ-law adds to some of them is at none of the others. */
export const agentHz = 440;
export const customerHz = 700;
export const supervisorHz = 1_200;
const spanMs = 200;
/** Until what was heard before is out of that span. */
const settleMs = 330;
/** Of a busy machine. */
const patienceMs = 15_000;
const heardDb = -25;

/** One who supervises, one who is supervised, and a customer with ears; the call goes on until it is ended. */
export type JoinedCall = {
  readonly agent: RecordedAgent;
  readonly supervisor: RecordedAgent;
  readonly ears: Readonly<Record<'agent' | 'customer' | 'supervisor', RtpMedia>>;
  readonly agentsCall: PhoneCall;
  /** The agent holds the customer, or takes the hold back. */
  readonly hold: (isHeld: boolean) => Promise<void>;
  readonly end: () => Promise<void>;
};

const answered = async (person: RecordedAgent, ear: RtpMedia): Promise<PhoneCall> => {
  const call = await person.phone().nextCall();
  await call.answer(plainSdp(ear.port, 'sendrecv', 1));
  ear.talkTo(call.invite.body, null);
  return call;
};

export const beginCall = async (
  centre: RecordedCentre,
  agent: RecordedAgent,
  supervisor: RecordedAgent,
): Promise<JoinedCall> => {
  const ears = {
    agent: await openRtpMedia(),
    customer: await openRtpMedia(),
    supervisor: await openRtpMedia(),
  };
  const customer = createSipPhone(await openUdpWire(centre.sipPort), 'outside');
  const [dialed, agentsCall] = await Promise.all([
    customer.dial(agent.extension, [], plainSdp(ears.customer.port, 'sendrecv', 1)),
    answered(agent, ears.agent),
  ]);
  ears.customer.talkTo(dialed.answer.body, customerHz);
  let version = 1;
  return {
    agent,
    supervisor,
    ears,
    agentsCall,
    hold: async (isHeld) => {
      version += 1;
      await agentsCall.reinvite(
        plainSdp(ears.agent.port, isHeld ? 'sendonly' : 'sendrecv', version),
      );
    },
    end: async () => {
      await agentsCall.hangUp();
      for (const ear of Object.values(ears)) ear.close();
      customer.close();
    },
  };
};

/** What one join did, as everybody's ears have it; levels in dB below full scale. */
export type HeardJoin = {
  readonly joinId: string;
  /** Epoch ms of the first sound at the supervisor's ear; null where all were silent. */
  readonly firstSoundAt: number | null;
  /** ms from the wish to that sound. */
  readonly soundAfterMs: number | null;
  readonly supervisorAt: Readonly<
    Record<SupervisionMode, { readonly agent: number; readonly customer: number }>
  >;
  /** All that agent and customer hear while everybody is silent and somebody joins or leaves; null: nobody was. */
  readonly loudest: number | null;
  readonly flaws: readonly string[];
};

export type JoinPlan = {
  readonly modes: readonly SupervisionMode[];
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  /** Agent and customer say nothing as the supervisor comes and goes. */
  readonly isQuiet: boolean;
};

const unheard = { agent: -120, customer: -120 };

/** Joins the call, goes through the modes, and leaves. */
export const playJoin = async (
  { agent, supervisor, ears, hold }: JoinedCall,
  plan: JoinPlan,
): Promise<HeardJoin> => {
  const { isMuted, isHeld, isQuiet } = plan;
  const flaws: string[] = [];
  const joinId = randomUUID();
  const level = (ear: RtpMedia, hz: number): number => levelDb(ear.heard(spanMs), ear.rateHz, hz);
  const talk = (): void => {
    ears.agent.setTone(isMuted ? null : agentHz);
    ears.customer.setTone(customerHz);
  };
  const hush = (): void => {
    ears.agent.setTone(null);
    ears.customer.setTone(null);
  };
  const expectAnswer = async (what: string, answer: Promise<unknown>): Promise<void> => {
    const body = await answer;
    if (typeof body === 'object' && body !== null && 'code' in body)
      flaws.push(`${what}: ${JSON.stringify(body)}`);
  };

  /** False: it never came. */
  const comes = async (isThere: () => boolean): Promise<boolean> => {
    const giveUpAt = performance.now() + patienceMs;
    while (!isThere() && performance.now() < giveUpAt) await wait(20);
    return isThere();
  };

  if (isHeld) await hold(true);
  if (isQuiet) hush();
  else talk();
  await wait(settleMs);
  const askedBefore = agent.phone().asked().length;
  const askedAt = performance.timeOrigin + performance.now();
  const [call] = await Promise.all([
    answered(supervisor, ears.supervisor),
    expectAnswer(
      'join',
      supervisor.ask('POST', '/supervision', { joinId, agentId: agent.id, mode: 'listen' }),
    ),
  ]);
  ears.supervisor.setTone(supervisorHz);
  const firstSound = (): number | null => (isQuiet ? null : ears.supervisor.soundSince(askedAt));
  if (!isQuiet && !(await comes(() => firstSound() !== null)))
    flaws.push('the supervisor heard nothing');
  const firstSoundAt = firstSound();
  await wait(settleMs);
  // A held customer hears music.
  const bystanders = isHeld ? [ears.agent] : [ears.agent, ears.customer];
  const noise = (): number => Math.max(...bystanders.map((ear) => rmsDb(ear.heard(settleMs))));
  const atBegin = isQuiet ? noise() : null;
  talk();

  const supervisorAt = { listen: unheard, whisper: unheard, barge: unheard };
  for (const mode of plan.modes) {
    await expectAnswer(mode, supervisor.ask('PUT', `/supervision/${joinId}`, { mode }));
    const isThere = [
      () => level(ears.supervisor, customerHz) > heardDb,
      () => isMuted || isHeld || level(ears.customer, agentHz) > heardDb,
      () => mode === 'listen' || isHeld || level(ears.agent, supervisorHz) > heardDb,
      () => mode !== 'barge' || level(ears.customer, supervisorHz) > heardDb,
    ];
    if (!(await comes(() => isThere.every((is) => is()))))
      flaws.push(
        `${mode}: not everybody hears who is to be heard: ${isThere.map((is) => is()).join()}`,
      );
    await wait(settleMs);
    const [before, heard] = [
      supervisorAt[mode],
      { agent: level(ears.agent, supervisorHz), customer: level(ears.customer, supervisorHz) },
    ];
    supervisorAt[mode] = {
      agent: Math.max(before.agent, heard.agent),
      customer: Math.max(before.customer, heard.customer),
    };
    if ((isMuted || isHeld) && level(ears.customer, agentHz) > heardDb)
      flaws.push(`${mode}: the customer hears the agent`);
  }

  if (isQuiet) {
    // Nobody of the three is loud: only what the leaving itself sounds like.
    await expectAnswer(
      'listen',
      supervisor.ask('PUT', `/supervision/${joinId}`, { mode: 'listen' }),
    );
    hush();
    await wait(settleMs);
  }
  await expectAnswer('leave', supervisor.ask('DELETE', `/supervision/${joinId}`));
  await call.ended;
  await wait(settleMs);
  const atEnd = isQuiet ? noise() : null;
  for (const [name, ear] of [
    ['agent', ears.agent],
    ['customer', ears.customer],
  ] as const) {
    if (level(ear, supervisorHz) > -60) flaws.push(`the ${name} hears the supervisor who left`);
  }
  if (agent.phone().asked().length !== askedBefore)
    flaws.push(
      `the agent's phone was asked for ${agent.phone().asked().slice(askedBefore).join()}`,
    );
  if (isHeld) await hold(false);
  return {
    joinId,
    firstSoundAt,
    soundAfterMs: firstSoundAt === null ? null : firstSoundAt - askedAt,
    supervisorAt,
    loudest: atBegin === null || atEnd === null ? null : Math.max(atBegin, atEnd),
    flaws,
  };
};
