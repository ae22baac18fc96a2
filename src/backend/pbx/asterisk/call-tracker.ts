import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, PbxEvent } from '../pbx.ts';
import { extensionOfChannel, extensionOfInterface } from './agent-channel.ts';
import { createAgentSound } from './agent-sound.ts';
import type { AgentSound } from './agent-sound.ts';
import { callerName, callerNumber } from './caller-text.ts';
import { createChannelTable } from './channel-table.ts';
import type { TrackedChannel } from './channel-table.ts';
import { createKeypadAnswers } from './keypad-answers.ts';
import { createOpenLines } from './open-lines.ts';
import type { OpenLines } from './open-lines.ts';
import { legCounted } from './leg-counted.ts';
import { createLegStates } from './leg-states.ts';
import { createParkingPlaces } from './parking-places.ts';
import { queueMember } from './pbx-snapshot.ts';
import type { PbxSnapshot } from './pbx-snapshot.ts';
import { surveyKeys } from './survey-keys.ts';

/** A channel, as commands need it. */
export type CallChannel = Readonly<
  Pick<TrackedChannel, 'name' | 'uniqueId' | 'extension' | 'isUp' | 'begunAt' | 'isConsult'>
>;

export type CallTracker = {
  /** What this AMI event means, in order. Most mean nothing. */
  readonly take: (message: AmiMessage, at: number) => readonly PbxEvent[];
  /** Brings the view in line with what the PBX says now; the differences are the events. */
  readonly resync: (snapshot: PbxSnapshot, at: number) => readonly PbxEvent[];
  readonly channelsOf: (callKey: CallKey) => readonly CallChannel[];
  /** null: no channel of a call. */
  readonly callOf: (uniqueId: string) => CallKey | null;
  readonly heardWith: OpenLines['heardWith'];
  readonly arrives: AgentSound['arrives'];
};

/** AST_STATE_UP and AST_STATE_RINGING: the far side rings. */
const UP = '6';
const RINGING = '5';

/**
 * Turns AMI events into what happened to calls. Deterministic, without I/O or clock.
 *
 * The call's key is Asterisk's linked id, unless a dialplan event gives another one (outbound calls carry the client's).
 * A channel keeps the key that it began with, whatever it is bridged to later.
 */
export const createCallTracker = (): CallTracker => {
  const table = createChannelTable();
  /** Calls of which anything was told; only these end. */
  const told = new Set<CallKey>();
  const legs = createLegStates();
  const parking = createParkingPlaces(table);
  const keypad = createKeypadAnswers(table);
  const lines = createOpenLines(table);
  const sound = createAgentSound(table);

  const tell = (events: PbxEvent[], event: PbxEvent & { readonly callKey: CallKey }): void => {
    told.add(event.callKey);
    events.push(event);
  };

  const tellAll = (events: PbxEvent[], added: readonly PbxEvent[]): void => {
    for (const event of added)
      if ('callKey' in event && event.kind === 'parked') told.add(event.callKey);
    events.push(...added);
  };

  /** Queue calls are told by RingsideOffer, AgentCalled and DialBegin: the first one counts. */
  const offer = (
    channel: TrackedChannel,
    queue: string | null,
    remote: { readonly number: string; readonly name: string },
    at: number,
    events: PbxEvent[],
    isPickUp = false,
  ): void => {
    const { callKey, extension } = channel;
    if (extension === null || channel.leg !== 'unknown') return;
    channel.leg = 'offered';
    channel.begunAt ??= at;
    if (!legs.begin(callKey, extension, channel.isConsult)) return;
    tell(events, {
      kind: 'leg_offered',
      at,
      callKey,
      extension,
      queue,
      remoteNumber: remote.number,
      remoteName: remote.name,
      ...(channel.isConsult ? { consult: true } : {}),
      ...(isPickUp ? { pickUp: true } : {}),
    });
  };

  const dial = (channel: TrackedChannel, number: string, at: number, events: PbxEvent[]): void => {
    const { callKey, extension } = channel;
    if (extension === null || channel.leg !== 'unknown') return;
    channel.leg = 'dialed';
    channel.begunAt ??= at;
    if (!legs.begin(callKey, extension, channel.isConsult)) return;
    tell(events, { kind: 'outbound_dialed', at, callKey, extension, number });
  };

  const answer = (channel: TrackedChannel, at: number, events: PbxEvent[]): void => {
    if (channel.isUp) return;
    channel.isUp = true;
    channel.openedAt = at;
    if (channel.extension === null || channel.leg === 'unknown') return;
    const { callKey, extension } = channel;
    if (!legs.answer(callKey, extension)) return;
    tell(events, { kind: 'leg_answered', at, callKey, extension });
  };

  /** Whether the agent hears the customer may have changed: told when it has. */
  const look = (callKey: CallKey, extension: string, at: number, events: PbxEvent[]): void => {
    const isAlone = table.ofLeg(callKey, extension).every((channel) => channel.isConsult);
    if (!legs.setAlone(callKey, extension, isAlone)) return;
    const kind = isAlone ? 'customer_left' : 'customer_joined';
    tell(events, { kind, at, callKey, extension });
  };

  /** A call among colleagues goes on with the customer of another one. */
  const receive = (
    agent: TrackedChannel,
    customerCallKey: CallKey,
    at: number,
    events: PbxEvent[],
  ): void => {
    const { callKey, extension } = agent;
    if (extension === null || agent.leg === 'unknown') return;
    if (callKey === customerCallKey || agent.receivedCall === customerCallKey) return;
    if (table.ofCall(callKey).some((channel) => channel.extension === null)) return;
    agent.receivedCall = customerCallKey;
    tell(events, { kind: 'customer_received', at, callKey, extension, customerCallKey });
  };

  /** Who is in one bridge with somebody else than a colleague who asks is in the customer's call itself. */
  const joined = (bridgeId: string, at: number, events: PbxEvent[]): void => {
    const members = table.ofBridge(bridgeId);
    if (members.every((member) => member.isConsult)) return;
    for (const member of members) {
      if (!member.isConsult) continue;
      member.isConsult = false;
      if (member.extension !== null) look(member.callKey, member.extension, at, events);
    }
    for (const customer of members) {
      if (customer.extension !== null) continue;
      for (const agent of members) receive(agent, customer.callKey, at, events);
    }
  };

  const leaveQueue = (channel: TrackedChannel, at: number, events: PbxEvent[]): void => {
    if (channel.waiting === null) return;
    const { queue, abandoned } = channel.waiting;
    channel.waiting = null;
    const { callKey } = channel;
    const isAnswered = table.ofCall(callKey).some((leg) => leg.leg === 'offered' && leg.isUp);
    const how = abandoned ? 'abandoned' : isAnswered ? 'answered' : 'timed_out';
    tell(events, { kind: 'queue_left', at, callKey, queue, how });
  };

  const hangUp = (
    channel: TrackedChannel,
    cause: number | null,
    at: number,
    events: PbxEvent[],
  ): void => {
    const { callKey, extension } = channel;
    if (channel.waiting !== null) channel.waiting = { ...channel.waiting, abandoned: true };
    leaveQueue(channel, at, events);
    table.remove(channel);
    if (extension !== null && channel.leg !== 'unknown') {
      if (table.ofLeg(callKey, extension).length > 0) look(callKey, extension, at, events);
      else {
        const { answered, rang } = legs.end(callKey, extension);
        const more = answered ? {} : { rang };
        tell(events, { kind: 'leg_ended', at, callKey, extension, answered, cause, ...more });
      }
    }
    if (table.ofCall(callKey).length === 0 && told.delete(callKey)) {
      keypad.forget(callKey);
      events.push({ kind: 'call_ended', at, callKey });
    }
  };

  /** An agent goes to a parking place: the leg is one of the customer's call. */
  const pickUp = (message: AmiMessage, at: number, events: PbxEvent[]): void => {
    const channel = table.see(message, '');
    const place = parking.at(field(message, 'Slot'));
    if (channel === null || place === null) return;
    table.rename(channel, place.callKey);
    offer(channel, null, place.remote, at, events, true);
  };

  const takeUserEvent = (message: AmiMessage, at: number, events: PbxEvent[]): void => {
    const name = field(message, 'UserEvent');
    if (name === 'RingsidePark') {
      tellAll(events, parking.parkedBy(field(message, 'Uniqueid'), field(message, 'By'), at));
    }
    if (name === 'RingsidePickUp') pickUp(message, at, events);
    for (const event of keypad.take(message, at)) tell(events, event);
    for (const event of surveyKeys(table, message, at)) tell(events, event);
    events.push(...legCounted(message, table.find(field(message, 'Uniqueid')), at));
    if (name !== 'RingsideOffer' && name !== 'RingsideOutbound') return;
    const channel = table.see(message, '');
    if (channel === null) return;
    if (name === 'RingsideOutbound') table.claim(channel, field(message, 'Call'));
    else table.rename(channel, field(message, 'Call'));
    if (channel.leg === 'unknown') channel.isConsult = field(message, 'Consult') === '1';
    if (name === 'RingsideOutbound') dial(channel, field(message, 'Number'), at, events);
    else {
      const number = callerNumber(field(message, 'ConnectedLineNum'));
      const remote = { number, name: callerName(field(message, 'ConnectedLineName')) };
      offer(channel, field(message, 'Queue') || null, remote, at, events);
    }
  };

  const takeDial = (message: AmiMessage, at: number, events: PbxEvent[]): void => {
    const caller = table.find(field(message, 'Uniqueid'));
    const isAgent = extensionOfChannel(field(message, 'DestChannel')) !== null;
    if (!isAgent && caller?.isConsult !== true) return;
    const channel = table.see(message, 'Dest');
    if (channel === null) return;
    // whoever is asked about a customer, a colleague or an outside number
    if (caller?.isConsult === true && channel.leg === 'unknown') channel.isConsult = true;
    const queue = field(message, 'Queue') || caller?.waiting?.queue;
    const number = callerNumber(field(message, 'CallerIDNum'));
    const name = callerName(field(message, 'CallerIDName'));
    offer(channel, queue ?? null, { number, name }, at, events);
  };

  const take = (message: AmiMessage, at: number): readonly PbxEvent[] => {
    const events: PbxEvent[] = [];
    switch (field(message, 'Event')) {
      case 'Newchannel':
        table.see(message, '');
        break;
      case 'UserEvent':
        takeUserEvent(message, at, events);
        break;
      case 'AgentCalled':
      case 'DialBegin':
        takeDial(message, at, events);
        break;
      case 'Newstate': {
        const channel = table.see(message, '');
        if (channel === null) break;
        const state = field(message, 'ChannelState');
        if (state === UP) answer(channel, at, events);
        if (state === RINGING && channel.extension !== null)
          legs.ring(channel.callKey, channel.extension);
        break;
      }
      case 'BridgeEnter': {
        const channel = table.see(message, '');
        if (channel === null) break;
        // it takes the place of that one, who is about to leave
        const swapped = table.find(field(message, 'SwapUniqueid'));
        if (swapped !== null) swapped.bridgeId = null;
        channel.bridgeId = field(message, 'BridgeUniqueid');
        joined(channel.bridgeId, at, events);
        break;
      }
      case 'BridgeLeave': {
        const channel = table.find(field(message, 'Uniqueid'));
        // who was moved is in the next bridge before it leaves this one
        if (channel?.bridgeId === field(message, 'BridgeUniqueid')) channel.bridgeId = null;
        break;
      }
      case 'QueueCallerJoin': {
        const channel = table.see(message, '');
        if (channel === null) break;
        const queue = field(message, 'Queue');
        channel.waiting = { queue, abandoned: false };
        tell(events, {
          kind: 'queue_entered',
          at,
          callKey: channel.callKey,
          queue,
          remoteNumber: callerNumber(field(message, 'CallerIDNum')),
          remoteName: callerName(field(message, 'CallerIDName')),
        });
        break;
      }
      case 'QueueCallerAbandon': {
        const channel = table.find(field(message, 'Uniqueid'));
        if (channel?.waiting) channel.waiting = { ...channel.waiting, abandoned: true };
        break;
      }
      case 'QueueCallerLeave': {
        const channel = table.find(field(message, 'Uniqueid'));
        if (channel !== null) leaveQueue(channel, at, events);
        break;
      }
      case 'DTMFEnd': {
        const channel = table.find(field(message, 'Uniqueid'));
        // What is sent on is told at the channel that it came from already.
        if (channel === null || field(message, 'Direction') !== 'Received') break;
        if (told.has(channel.callKey))
          events.push({ kind: 'key_pressed', at, callKey: channel.callKey });
        break;
      }
      case 'Hangup': {
        const channel = table.find(field(message, 'Uniqueid'));
        const cause = Number.parseInt(field(message, 'Cause'), 10);
        // Q.850 has no cause 0: Asterisk means "not known"
        if (channel !== null) hangUp(channel, cause > 0 ? cause : null, at, events);
        break;
      }
      case 'QueueMemberAdded':
      case 'QueueMemberPause': {
        const member = queueMember(message);
        if (member !== null) events.push({ kind: 'member_changed', at, member });
        break;
      }
      case 'QueueMemberRemoved': {
        const extension = extensionOfInterface(field(message, 'Interface'));
        const queue = field(message, 'Queue');
        if (extension !== null) events.push({ kind: 'member_removed', at, queue, extension });
        break;
      }
      default:
        tellAll(events, parking.take(message, at));
    }
    return events;
  };

  const resync = (snapshot: PbxSnapshot, at: number): readonly PbxEvent[] => {
    sound.forget();
    const events: PbxEvent[] = [];
    const present = new Set(snapshot.channels.map(({ uniqueId }) => uniqueId));
    for (const channel of table.all()) {
      if (!present.has(channel.uniqueId)) hangUp(channel, null, at, events);
    }
    // the customer's lines before those that ask about the customer: a leg is told as its first line is
    const inTurn = snapshot.channels.toSorted((a, b) => Number(a.isConsult) - Number(b.isConsult));
    for (const seen of inTurn) {
      const channel = table.add(seen.name, seen.uniqueId, seen.linkedId);
      if (seen.wasCalled || channel.extension === null) table.rename(channel, seen.callKey);
    }
    for (const seen of inTurn) {
      const channel = table.add(seen.name, seen.uniqueId, seen.linkedId);
      table.claim(channel, seen.callKey);
      channel.begunAt ??= at - seen.ageMs;
      if (channel.leg === 'unknown') channel.isConsult = seen.isConsult;
      channel.bridgeId = seen.bridgeId || null;
    }
    for (const { bridgeId } of table.all()) if (bridgeId !== null) joined(bridgeId, at, events);
    for (const event of keypad.resync(inTurn, at)) tell(events, event);
    for (const entry of snapshot.queueEntries) {
      const channel = table.find(entry.uniqueId);
      if (channel?.waiting !== null) continue;
      const { queue, remoteNumber, remoteName } = entry;
      channel.waiting = { queue, abandoned: false };
      const { callKey } = channel;
      tell(events, { kind: 'queue_entered', at, callKey, queue, remoteNumber, remoteName });
    }
    for (const seen of inTurn) {
      const channel = table.find(seen.uniqueId);
      if (channel === null) continue;
      const remote = { number: seen.remoteNumber, name: seen.remoteName };
      if (seen.wasCalled) offer(channel, seen.queue || null, remote, at, events);
      else if (seen.callKey !== '') dial(channel, seen.dialed, at, events);
      if (seen.isUp) answer(channel, at, events);
      if (seen.isRinging && channel.extension !== null)
        legs.ring(channel.callKey, channel.extension);
    }
    for (const { bridgeId } of table.all()) if (bridgeId !== null) joined(bridgeId, at, events);
    for (const { uniqueId, returnTo } of snapshot.parked.flatMap((parked) =>
      snapshot.channels.filter((seen) => seen.uniqueId === parked.uniqueId),
    )) {
      parking.parkedBy(uniqueId, returnTo, at);
    }
    tellAll(events, parking.resync(snapshot.parked, at));
    const waiting = new Set(snapshot.queueEntries.map(({ uniqueId }) => uniqueId));
    for (const channel of table.all()) {
      if (!waiting.has(channel.uniqueId)) leaveQueue(channel, at, events);
    }
    return events;
  };

  return {
    take: (message, at) => [
      ...take(message, at),
      ...lines.take(message, at),
      ...sound.take(message, at),
    ],
    resync,
    channelsOf: table.ofCall,
    callOf: (uniqueId) => table.find(uniqueId)?.callKey ?? null,
    heardWith: lines.heardWith,
    arrives: sound.arrives,
  };
};
