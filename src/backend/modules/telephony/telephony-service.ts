import type { OfferEnd } from '../../../shared/domain/agent/agent.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { findUser } from '../accounts/accounts-repository.ts';
import { listStandings } from '../agent/agent-repository.ts';
import type { AgentStep, TimedStep } from '../agent/agent-step.ts';
import type { Agents } from '../agent/agent-service.ts';
import type { QueueMembership } from '../agent/queue-membership.ts';
import {
  addAgent,
  endContact,
  findContactByCallKey,
  findHolders,
  receiveCustomer,
} from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Emergencies } from '../emergency/emergencies.ts';
import type { MissedOffers } from '../missed/missed-offers.ts';
import type { ParkedCalls } from '../parked/parked-calls.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { Recordings } from '../recording/recording-service.ts';
import type { Latency } from './latency.ts';
import type { ConsultLegs } from './consult-legs.ts';
import { createOfferCards, reportOf, type EventOf, type LegBegan } from './offer-cards.ts';
import { offerEndByCause } from './offer-end.ts';

/** Turns what the PBX reports into contacts, agents' states and recordings. */
export type Telephony = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly extensions: Extensions;
  readonly contacts: Contacts;
  readonly agents: Agents;
  readonly membership: QueueMembership;
  readonly recordings: Recordings;
  readonly consultLegs: ConsultLegs;
  readonly parked: ParkedCalls;
  readonly missed: Pick<MissedOffers, 'ringTold'>;
  readonly push: PushHub;
  readonly offerToPush: Latency;
  /** What an agent dials for the own mailbox; null: there is none. */
  readonly voicemailNumber: string | null;
  /** An agent dials this. */
  readonly onDialed: Emergencies['dialed'];
  readonly now: Now;
  readonly log: Log;
};

type CallEvent = Exclude<
  Extract<PbxEvent, { readonly callKey: string }>,
  { readonly joinId: string }
>;

/** The PBX ends the agent's leg before it says that the caller is gone: so long it is waited for. */
const callerGoneMs = 400;
/** A phone that rang tells how; until then nobody knows whether somebody heard it. */
const ringToldMs = 3_000;
const databaseRetryMs = 500;
const databasePatienceMs = 120_000;
const maximumGone = 1_000;

const isDirectOffer = (event: LegBegan): boolean =>
  event.kind === 'leg_offered' &&
  event.pickUp !== true &&
  (event.queue === null || event.consult === true);

const wait = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms).unref();
  });

export const createTelephony = (needs: Needs): Telephony => {
  const { database, pbx, extensions, contacts, agents, membership, recordings } = needs;
  const { consultLegs, parked, missed, push, now, log } = needs;
  /** Calls whose caller is gone or was connected: their offers end for that reason. */
  const settledCalls = new Set<string>();
  /** Legs that the PBX has now. */
  const liveLegs = new Set<string>();
  /** Offers of this moment that no queue made. */
  const directOffers = new Set<string>();
  /** Agents on their way to a parked customer: who comes too late has missed nothing. */
  const pickUps = new Set<string>();
  let unsubscribe: (() => void) | null = null;
  let stopped = false;

  const cards = createOfferCards(needs);
  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a report of the PBX could not be taken');
  });

  /** Reports of one call are taken in their order; while the database is away they wait. */
  const inOrder = (callKey: string, task: () => Promise<void>): void => {
    const startedAt = now();
    void queue.add(callKey, async () => {
      for (;;) {
        try {
          await task();
          return;
        } catch (error) {
          const isPatient = isDatabaseAway(error) && now() - startedAt < databasePatienceMs;
          if (!isPatient || stopped) throw error;
          await wait(databaseRetryMs);
        }
      }
    });
  };

  const settled = (callKey: string): void => {
    settledCalls.add(callKey);
    for (const oldest of settledCalls) {
      if (settledCalls.size <= maximumGone) break;
      settledCalls.delete(oldest);
    }
  };

  const take = (agentId: string, step: AgentStep, at: number): Promise<void> => {
    const timed: TimedStep = { step, at, source: 'pbx' };
    return agents.take(agentId, [timed]);
  };

  /** Direct calls to an agent who is not to be disturbed; a customer of the agent's who comes back rings all the same. */
  const isRefused = async (event: LegBegan, agentId: string): Promise<boolean> => {
    if (!isDirectOffer(event) || !(await agents.view(agentId)).doNotDisturb) return false;
    const standing = await agents.standing(agentId);
    const isKnown =
      standing.signedIn && [...standing.calls, ...standing.wrapUps].includes(event.callKey);
    if (!isKnown) push.toUser(agentId, { kind: 'card_gone', callKey: event.callKey });
    return !isKnown;
  };

  const legBegan = (event: LegBegan): void => {
    const { callKey, extension, at } = event;
    const offer = cards.show(event);
    let begun = offer.preparation;
    inOrder(callKey, async () => {
      const preparation = begun;
      begun = null;
      const user = await extensions.find(extension);
      if (user === null) return;
      if (event.kind === 'outbound_dialed') {
        needs.onDialed({ agentId: user.id, callKey, number: event.number, at });
      }
      // Whatever is said of the card below comes after the card itself; one that failed is made again there.
      await preparation?.card.catch(() => null);
      await preparation?.written;
      // The client may have told of the call first, and known less of it.
      const contact = await contacts.ensure(database, reportOf(event));
      if (!offer.isShown(contact)) await offer.showAgain(user);
      await addAgent(database, contact.id, user.id, at);
      // The phone is about to refuse it: that it came is kept, and nothing else.
      if (await isRefused(event, user.id)) {
        await agents.noteRefused(user.id, callKey);
        return;
      }
      const isDialed = event.kind === 'outbound_dialed';
      const mailbox = isDialed && event.number === needs.voicemailNumber;
      await take(
        user.id,
        isDialed ? { kind: 'dialed', callKey, mailbox } : { kind: 'offered', callKey },
        at,
      );
    });
  };

  const offerEndOf = async (
    { callKey, cause, answered }: EventOf<'leg_ended'>,
    isDirect: boolean,
  ): Promise<OfferEnd> => {
    const told = offerEndByCause(cause, isDirect);
    if (answered) return 'withdrawn';
    if (told !== null && told !== 'missed') return told;
    for (let waitedMs = 0; waitedMs < callerGoneMs; waitedMs += 50) {
      if (settledCalls.has(callKey)) return 'withdrawn';
      await wait(50);
    }
    return 'missed';
  };

  const legEnded = (event: EventOf<'leg_ended'>): void => {
    const { callKey, extension, answered, at } = event;
    const isDirect = directOffers.delete(`${extension} ${callKey}`);
    const howEnded = pickUps.delete(`${extension} ${callKey}`)
      ? Promise.resolve<OfferEnd>('withdrawn')
      : offerEndOf(event, isDirect);
    inOrder(callKey, async () => {
      const user = await extensions.find(extension);
      if (user === null) return;
      const how = await howEnded;
      const pbx = { rang: event.rang ?? null, cause: event.cause };
      if (how === 'missed' && pbx.rang === true)
        await missed.ringTold(user.id, callKey, ringToldMs);
      await take(user.id, { kind: 'leg_over', callKey, answered, how, pbx }, at);
      recordings.legEnded(callKey);
    });
  };

  /** A colleague's call became the customer's: its card shows the customer from now on. */
  const customerReceived = ({
    callKey,
    extension,
    customerCallKey,
    at,
  }: EventOf<'customer_received'>): void => {
    inOrder(callKey, async () => {
      const user = await extensions.find(extension);
      const contact = await findContactByCallKey(database, customerCallKey);
      if (user === null || contact === null) return;
      await addAgent(database, contact.id, user.id, at);
      if (await receiveCustomer(database, callKey, customerCallKey))
        await contacts.changed(callKey);
    });
  };

  const callEnded = ({ callKey, at }: EventOf<'call_ended'>): void => {
    settled(callKey);
    inOrder(callKey, async () => {
      // Whatever was not told of its legs ends with it.
      for (const agentId of await findHolders(database, callKey)) {
        await take(agentId, { kind: 'leg_over', callKey, answered: false, how: 'withdrawn' }, at);
      }
      await endContact(database, callKey, at);
      recordings.reconsider(callKey);
      contacts.forget(callKey);
    });
  };

  /** Calls that ended while nobody was listening: agents still hold them, the PBX has them no more. */
  const endVanishedCalls = (): void => {
    inOrder('', async () => {
      for (const { agentId, standing } of await listStandings(database)) {
        const user = await findUser(database, agentId);
        if (user === null || !standing.signedIn) continue;
        for (const callKey of [...standing.offers, ...standing.calls]) {
          if (liveLegs.has(`${user.extension} ${callKey}`)) continue;
          log.info({ agentId, callKey }, 'a call ended unseen');
          await take(
            agentId,
            { kind: 'leg_over', callKey, answered: false, how: 'withdrawn' },
            now(),
          );
          recordings.reconsider(callKey);
        }
      }
    });
  };

  const takeCallEvent = (event: CallEvent): void => {
    switch (event.kind) {
      case 'queue_entered':
        // Begun before its turn comes: an offer that follows at once finds it under way or done.
        contacts.prepare(reportOf(event));
        inOrder(event.callKey, async () => {
          await contacts.prepare(reportOf(event)).written;
        });
        break;
      case 'queue_left':
        if (event.how !== 'timed_out') settled(event.callKey);
        break;
      case 'leg_offered':
        settledCalls.delete(event.callKey);
        liveLegs.add(`${event.extension} ${event.callKey}`);
        if (isDirectOffer(event)) directOffers.add(`${event.extension} ${event.callKey}`);
        if (event.pickUp === true) pickUps.add(`${event.extension} ${event.callKey}`);
        legBegan(event);
        break;
      case 'outbound_dialed':
        liveLegs.add(`${event.extension} ${event.callKey}`);
        legBegan(event);
        break;
      case 'leg_answered': {
        const { callKey, extension, at } = event;
        inOrder(callKey, async () => {
          const user = await extensions.find(extension);
          if (user === null) return;
          await take(user.id, { kind: 'answered', callKey }, at);
          recordings.reconsider(callKey);
        });
        break;
      }
      case 'leg_ended':
        liveLegs.delete(`${event.extension} ${event.callKey}`);
        legEnded(event);
        break;
      case 'customer_joined':
      case 'customer_left':
      case 'hold_changed':
        inOrder(event.callKey, async () => {
          recordings.reconsider(event.callKey);
          return Promise.resolve();
        });
        break;
      case 'customer_received':
        customerReceived(event);
        break;
      case 'parked':
      case 'unparked':
      case 'key_pressed':
      case 'prompt_wanted':
      case 'keypad_answered':
      case 'survey_wanted':
      case 'survey_answered':
      case 'leg_counted':
      case 'agent_silent':
      case 'agent_heard':
        break;
      case 'call_ended':
        callEnded(event);
        break;
    }
  };

  const takeEvent = (event: PbxEvent): void => {
    switch (event.kind) {
      case 'connected':
        log.info({ version: event.version }, 'the PBX is connected');
        push.toEverybody({ kind: 'pbx', pbx: pbx.status() });
        membership.reconcile();
        recordings.reconcile();
        extensions.load().catch((error: unknown) => {
          log.warn({ error }, 'extensions will be looked up one by one');
        });
        // What differs is told right after this, in the same breath.
        setImmediate(endVanishedCalls);
        break;
      case 'disconnected':
        log.warn({ why: event.why }, 'the PBX is away');
        push.toEverybody({ kind: 'pbx', pbx: pbx.status() });
        break;
      case 'member_changed':
        membership.noticed(event.member.queue, event.member.extension, event.member);
        break;
      case 'member_removed':
        membership.noticed(event.queue, event.extension, null);
        break;
      case 'supervision_started':
      case 'supervision_mode':
      case 'supervision_agent_left':
      case 'supervision_ended':
        break;
      default:
        log.debug({ kind: event.kind, callKey: event.callKey }, 'the PBX reports');
        consultLegs.take(event);
        parked.take(event);
        takeCallEvent(event);
    }
  };

  return {
    start: () => {
      unsubscribe ??= pbx.subscribe(takeEvent);
    },
    stop: async () => {
      stopped = true;
      unsubscribe?.();
      unsubscribe = null;
      await queue.idle();
    },
    idle: queue.idle,
  };
};
