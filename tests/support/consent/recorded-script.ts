import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openRtpMedia, type RtpMedia } from '../../integration/pbx/rtp-media.ts';
import type { PhoneCall } from '../../integration/pbx/sip-phone.ts';
import { plainSdp } from '../../integration/pbx/test-sdp.ts';
import { allowedHz, forbiddenHz } from './heard-tones.ts';
import type { RecordedAgent } from './recorded-agent.ts';
import type { RecordedCentre } from './recorded-centre.ts';

/** A number that plays a tone for as long as one listens. */
const toneNumber = '+12025550144';

/** One call, and what should be on disk of it. */
export type ScriptedCall = {
  readonly callKey: string;
  /** Seconds of the allowed tone, played only while the desk was told that it is recorded. */
  allowedSeconds: number;
  /** Seconds of each pause whose silence was confirmed. */
  readonly silentSeconds: number[];
  /** ms from each withdrawal until the desk was told that nothing is recorded any more. */
  readonly stopMs: number[];
  /** It was cut off by the death of the PBX. */
  isCut: boolean;
  /** The backend died while it went on. */
  isShaken: boolean;
  transfers: number;
  /** The script could not be played to its end. */
  failure: string;
};

export type Chance = () => number;

/** What an agent sounds like: nothing, what may be recorded, or what must not. */
type Voice = {
  readonly allow: () => void;
  readonly doubt: () => void;
  readonly forbid: () => void;
};

const voiceOf = (media: RtpMedia, call: ScriptedCall): Voice => {
  let since: number | null = null;
  const sound = (hz: number | null): void => {
    if (since !== null) call.allowedSeconds += (performance.now() - since) / 1_000;
    since = hz === allowedHz ? performance.now() : null;
    media.setTone(hz);
  };
  return {
    allow: () => {
      if (since === null) sound(allowedHz);
    },
    doubt: () => sound(null),
    forbid: () => sound(forbiddenHz),
  };
};

/** Calls that go on now, for what happens to all of them. */
export type Stage = {
  readonly begin: (call: ScriptedCall, forbid: () => void) => () => void;
  readonly cut: (what: 'backend' | 'pbx') => void;
};

export const createStage = (): Stage => {
  const going = new Map<ScriptedCall, () => void>();
  return {
    begin: (call, forbid) => {
      going.set(call, forbid);
      return () => void going.delete(call);
    },
    cut: (what) => {
      for (const [call, forbid] of going) {
        forbid();
        if (what === 'pbx') call.isCut = true;
        else call.isShaken = true;
      }
    },
  };
};

const isOver = (state: string | undefined): boolean =>
  state === undefined || ['off', 'stopped', 'sealed', 'deleted', 'failed'].includes(state);

type Scene = {
  readonly centre: RecordedCentre;
  readonly agent: RecordedAgent;
  /** Takes who is handed over; null: nobody is free. */
  readonly receiver: () => { readonly agent: RecordedAgent; readonly free: () => void } | null;
  readonly stage: Stage;
  readonly chance: Chance;
};

const patienceMs = 6_000;

/** A PBX that died says nothing more. */
const inTime = async <Value>(work: Promise<Value>, what: string): Promise<Value> => {
  const late = await Promise.race([work.then(() => false), wait(patienceMs, true)]);
  if (late) throw new Error(`${what} did not come`);
  return work;
};

const untilTrue = async (holds: () => boolean): Promise<boolean> => {
  const giveUpAt = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > giveUpAt) return false;
    await wait(10);
  }
  return true;
};

/** Whether consent stands, and the sound that goes with what the desk is told. */
const createPart = (agent: RecordedAgent, call: ScriptedCall, media: RtpMedia) => {
  const voice = voiceOf(media, call);
  const callId = randomUUID();
  let isGranted = false;
  let isPaused = false;
  const stateOf = (): string | undefined => agent.card(call.callKey)?.recording.state;
  const follow = (): void => {
    if (isGranted && !isPaused && stateOf() === 'recording') voice.allow();
  };
  const unsubscribe = agent.onCard(({ callKey }) => {
    if (callKey === call.callKey) follow();
  });
  voice.forbid();
  return {
    voice,
    unsubscribe,
    isGranted: () => isGranted,
    /** Another agent's consent holds here. */
    takeOver: (granted: boolean) => {
      isGranted = granted;
      follow();
    },
    grant: async () => {
      voice.doubt();
      isGranted = true;
      await agent.say(call.callKey, callId, 'granted');
      follow();
    },
    deny: async (kind: 'refused' | 'withdrawn') => {
      const wasRecorded = !isOver(stateOf());
      isGranted = false;
      voice.forbid();
      const saidAt = performance.now();
      await agent.say(call.callKey, callId, kind);
      if (wasRecorded && (await untilTrue(() => isOver(stateOf()))) && !call.isShaken) {
        call.stopMs.push(performance.now() - saidAt);
      }
    },
    pause: async (forMs: number) => {
      const pauseId = randomUUID();
      isPaused = true;
      voice.doubt();
      const asked = { pauseId, callKey: call.callKey, step: 'button' };
      await agent.ask('POST', '/payment-pauses', asked);
      const isSilent = await untilTrue(() => stateOf() !== 'recording' && stateOf() !== 'starting');
      if (isSilent) voice.forbid();
      const silentFrom = performance.now();
      await wait(forMs);
      if (stateOf() === 'paused' && isSilent && !call.isShaken)
        call.silentSeconds.push((performance.now() - silentFrom) / 1_000);
      voice.doubt();
      isPaused = false;
      await agent.ask('POST', `/payment-pauses/${pauseId}/end`, { why: 'agent' });
      if (isGranted) follow();
      else voice.forbid();
    },
  };
};

type Part = ReturnType<typeof createPart>;

const act = async (part: Part, chance: Chance): Promise<void> => {
  const dice = chance();
  if (!part.isGranted()) {
    if (dice < 0.5) await part.grant();
    else if (dice < 0.7) await part.deny('refused');
    else if (dice < 0.8) await part.pause(300 + chance() * 400);
  } else if (dice < 0.4) await part.pause(300 + chance() * 700);
  else if (dice < 0.65) await part.deny(chance() < 0.5 ? 'withdrawn' : 'refused');
  else if (dice < 0.7) {
    // Within the same instant: no is no.
    const granted = part.grant();
    await part.deny('withdrawn');
    await granted;
    part.voice.forbid();
    await part.deny('withdrawn');
  }
};

/** Hands the customer to a colleague, who speaks for a while and hangs up. */
const transfer = async (
  { receiver, chance, stage }: Scene,
  call: ScriptedCall,
  phoneCall: PhoneCall,
  before: Part,
): Promise<boolean> => {
  const taken = receiver();
  if (taken === null) return false;
  const { agent, free } = taken;
  const media = await openRtpMedia();
  try {
    // What the desk is told from here on is the colleague's.
    before.unsubscribe();
    before.voice.forbid();
    const incoming = agent.phone().nextCall();
    const { status } = await inTime(phoneCall.refer(agent.extension), 'the answer to REFER');
    if (status !== 202) throw new Error(`REFER was answered ${String(status)}`);
    const next = await inTime(incoming, 'the call at the colleague');
    await inTime(next.answer(plainSdp(media.port, 'sendrecv', 1)), 'its ACK');
    media.talkTo(next.invite.body, forbiddenHz);
    const part = createPart(agent, call, media);
    const leave = stage.begin(call, part.voice.forbid);
    part.takeOver(before.isGranted());
    call.transfers += 1;
    await wait(500 + chance() * 700);
    if (chance() < 0.5) await act(part, chance);
    await wait(200 + chance() * 300);
    part.voice.forbid();
    part.unsubscribe();
    leave();
    await inTime(next.hangUp(), 'the answer to BYE');
    return true;
  } finally {
    media.close();
    free();
  }
};

/** One call from dialling to its end, with whatever chance puts into it. */
export const playCall = async (scene: Scene): Promise<ScriptedCall> => {
  const { centre, agent, stage, chance } = scene;
  await centre.isThere();
  const call: ScriptedCall = {
    callKey: randomUUID(),
    allowedSeconds: 0,
    silentSeconds: [],
    stopMs: [],
    isCut: false,
    isShaken: false,
    transfers: 0,
    failure: '',
  };
  const media = await openRtpMedia();
  const part = createPart(agent, call, media);
  const leave = stage.begin(call, part.voice.forbid);
  try {
    const sdp = plainSdp(media.port, 'sendrecv', 1);
    const dialing = agent.phone().dial(toneNumber, [['X-Ringside-Call', call.callKey]], sdp);
    const dialed = await inTime(dialing, 'an answer to the call');
    if (dialed.status !== 200) throw new Error(`the call was answered ${String(dialed.status)}`);
    media.talkTo(dialed.answer.body, forbiddenHz);
    await untilTrue(() => agent.card(call.callKey) !== undefined);
    if (chance() < 0.8) await part.grant();
    const acts = Math.floor(chance() * 4);
    for (let done = 0; done < acts && !call.isCut; done += 1) {
      await wait(250 + chance() * 600);
      await act(part, chance);
    }
    await wait(250 + chance() * 600);
    const isHandedOver =
      !call.isCut && chance() < 0.15 && (await transfer(scene, call, dialed.call, part));
    part.voice.forbid();
    const hungUp = isHandedOver ? Promise.resolve() : dialed.call.hangUp();
    await Promise.race([hungUp, wait(2_000)]);
  } catch (error) {
    call.failure = error instanceof Error ? error.message : String(error);
  } finally {
    part.voice.forbid();
    part.unsubscribe();
    leave();
    media.close();
  }
  return call;
};
