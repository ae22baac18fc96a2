import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { amiMessage } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import { createAmiParser } from '../ami/ami-parser.ts';
import type { PbxEvent } from '../pbx.ts';
import { createCallTracker } from './call-tracker.ts';
import type { SnapshotChannel } from './pbx-snapshot.ts';

/** Events of a real Asterisk 22, as it sent them. */
const recorded = (name: string): readonly AmiMessage[] =>
  createAmiParser().push(readFileSync(new URL(`fixtures/${name}.ami`, import.meta.url)));

const replay = (name: string): readonly PbxEvent[] => {
  const tracker = createCallTracker();
  return recorded(name).flatMap((message) => tracker.take(message, 7));
};

/** The story without the call's key, which must be one and the same. */
const story = (events: readonly PbxEvent[]): readonly string[] => {
  const keys = new Set(events.flatMap((event) => ('callKey' in event ? [event.callKey] : [])));
  expect(keys.size).toBe(1);
  return events.map((event) => {
    switch (event.kind) {
      case 'queue_entered':
        return `${event.remoteNumber} ${event.remoteName} entered ${event.queue}`;
      case 'queue_left':
        return `left ${event.queue}: ${event.how}`;
      case 'leg_offered':
        return `offered to ${event.extension} by ${event.queue ?? 'nobody'}: ${event.remoteNumber}`;
      case 'leg_answered':
        return `${event.extension} answered`;
      case 'leg_ended':
        return `${event.extension} ${event.answered ? 'ended' : 'was left'}: ${event.cause ?? 'no cause'}`;
      case 'outbound_dialed':
        return `${event.extension} dialed ${event.number}`;
      case 'member_changed':
        return `${event.member.extension} ${event.member.paused ? `paused: ${event.member.pauseReason}` : 'ready'}`;
      default:
        return event.kind;
    }
  });
};

const CUSTOMER = '+34600111222 José "Pepe" Núñez, Jr.';

describe('what Asterisk tells of real calls', () => {
  test('a queue call that is answered', () => {
    expect(story(replay('queue-answered'))).toEqual([
      `${CUSTOMER} entered support`,
      'offered to 1001 by support: +34600111222',
      '1001 answered',
      'left support: answered',
      '1001 ended: 16',
      'call_ended',
    ]);
  });

  test('a caller who hangs up while the agent rings', () => {
    const events = story(replay('queue-abandoned-while-ringing'));
    expect(events.toSorted()).toEqual(
      [
        `${CUSTOMER} entered support`,
        'offered to 1001 by support: +34600111222',
        'left support: abandoned',
        '1001 was left: no cause',
        'call_ended',
      ].toSorted(),
    );
    expect(events.at(-1)).toBe('call_ended');
  });

  test('whether the agent’s phone ever said that it rings', () => {
    const endOf = (name: string) => replay(name).find(({ kind }) => kind === 'leg_ended');
    expect(endOf('queue-abandoned-while-ringing')).toMatchObject({ rang: true });
    expect(endOf('queue-rejected-then-abandoned')).toMatchObject({ rang: false });
    // Who answers was rung, whatever the phone said.
    expect(endOf('queue-answered')).not.toHaveProperty('rang');
  });

  test('an agent who rejects, and a caller who then gives up', () => {
    expect(story(replay('queue-rejected-then-abandoned'))).toEqual([
      `${CUSTOMER} entered support`,
      'offered to 1001 by support: +34600111222',
      '1001 was left: 17',
      '1001 paused: no answer',
      'left support: abandoned',
      'call_ended',
    ]);
  });

  test('a direct call', () => {
    expect(story(replay('direct-answered'))).toEqual([
      'offered to 1001 by nobody: +34600111222',
      '1001 answered',
      '1001 ended: 16',
      'call_ended',
    ]);
  });

  test('an outbound call that is busy carries the key that the client gave', () => {
    const events = replay('outbound-busy');
    expect(story(events)).toEqual(['1001 dialed +12025550186', '1001 was left: 17', 'call_ended']);
    expect(events[0]).toMatchObject({ callKey: '0f8fad5b-d9cb-469f-a165-70867728950e' });
  });

  test('an outbound call that is answered', () => {
    expect(story(replay('outbound-answered'))).toEqual([
      '1001 dialed +12025550116',
      '1001 answered',
      '1001 ended: 16',
      'call_ended',
    ]);
  });

  test('a call between colleagues is one call with two legs', () => {
    expect(story(replay('colleague-answered'))).toEqual([
      '1001 dialed 1002',
      'offered to 1002 by nobody: 1001',
      '1002 answered',
      '1001 answered',
      '1001 ended: 16',
      '1002 ended: 16',
      'call_ended',
    ]);
  });

  test('a call ends with its last channel, also where that is not the agent’s', () => {
    const tracker = createCallTracker();
    const agent = { Channel: 'PJSIP/1001-1', Uniqueid: 'a', Linkedid: 'a' };
    const far = { Channel: 'PJSIP/trunk-2', Uniqueid: 'b', Linkedid: 'a' };
    const say = (event: string, more: Readonly<Record<string, string>>) =>
      tracker
        .take(amiMessage(Object.entries({ Event: event, ...more })), 7)
        .map((told) => [told.kind, 'callKey' in told && told.callKey]);
    const dialed = { ...agent, UserEvent: 'RingsideOutbound', Call: 'client-key', Number: '+1' };
    expect(say('Newchannel', agent)).toEqual([]);
    expect(say('UserEvent', dialed)).toEqual([['outbound_dialed', 'client-key']]);
    expect(say('Newchannel', far)).toEqual([]);
    expect(say('Hangup', { ...agent, Cause: '16' })).toEqual([['leg_ended', 'client-key']]);
    expect(say('Hangup', { ...far, Cause: '16' })).toEqual([['call_ended', 'client-key']]);
  });

  test('a second line of the same agent in the same call tells nothing of its own but who is heard', () => {
    const tracker = createCallTracker();
    const say = (event: string, more: Readonly<Record<string, string>>) =>
      tracker
        .take(amiMessage(Object.entries({ Event: event, ...more })), 7)
        .map(({ kind }) => kind);
    const customer = { Channel: 'PJSIP/trunk-1', Uniqueid: 'c', Linkedid: 'c' };
    const line = { Channel: 'PJSIP/1001-1', Uniqueid: 'a', Linkedid: 'c' };
    const asking = { Channel: 'PJSIP/1001-2', Uniqueid: 'b', Linkedid: 'b' };
    const outside = { DestChannel: 'PJSIP/trunk-3', DestUniqueid: 'd', DestLinkedid: 'b' };
    const up = { ChannelState: '6' };
    say('Newchannel', customer);
    expect(say('UserEvent', { ...line, UserEvent: 'RingsideOffer', Call: 'c' })).toEqual([
      'leg_offered',
    ]);
    expect(say('Newstate', { ...line, ...up })).toEqual(['leg_answered']);
    const consult = { UserEvent: 'RingsideOutbound', Call: 'c', Number: '+1', Consult: '1' };
    expect(say('UserEvent', { ...asking, ...consult })).toEqual([]);
    expect(say('DialBegin', { ...asking, ...outside })).toEqual([]);
    expect(say('Newstate', { ...asking, ...up })).toEqual([]);
    const bridge = { BridgeUniqueid: 'x' };
    const asked = { Channel: 'PJSIP/trunk-3', Uniqueid: 'd', Linkedid: 'b' };
    expect(say('BridgeEnter', { ...asking, ...bridge })).toEqual([]);
    expect(say('BridgeEnter', { ...asked, ...bridge })).toEqual(['hold_changed']);
    expect(tracker.heardWith('c', '1001')).toEqual([{ callKey: 'c', since: 7 }]);
    expect(say('Hold', line)).toEqual(['hold_changed']);
    expect(tracker.heardWith('c', '1001')).toEqual([]);
    expect(say('Unhold', line)).toEqual(['hold_changed']);
    expect(tracker.heardWith('c', '1001')).toEqual([{ callKey: 'c', since: 7 }]);
    expect(say('Hangup', { ...line, Cause: '16' })).toEqual(['customer_left', 'hold_changed']);
    expect(say('Hangup', { ...customer, Cause: '16' })).toEqual([]);
    expect(say('Hangup', { ...asked, Cause: '16' })).toEqual([]);
    expect(say('Hangup', { ...asking, Cause: '16' })).toEqual(['leg_ended', 'call_ended']);
  });

  test('a phone that names the call of others for its own gets no part in it', () => {
    const tracker = createCallTracker();
    const say = (event: string, more: Readonly<Record<string, string>>) =>
      tracker
        .take(amiMessage(Object.entries({ Event: event, ...more })), 7)
        .map((told) => [told.kind, 'callKey' in told && told.callKey]);
    const offer = { UserEvent: 'RingsideOffer', Call: 'c' };
    say('Newchannel', { Channel: 'PJSIP/trunk-1', Uniqueid: 'c', Linkedid: 'c' });
    say('UserEvent', { Channel: 'PJSIP/1001-1', Uniqueid: 'a', Linkedid: 'c', ...offer });
    const intruder = { Channel: 'PJSIP/1002-2', Uniqueid: 'b', Linkedid: 'b' };
    const dialed = { UserEvent: 'RingsideOutbound', Call: 'c', Number: '1003', Consult: '1' };
    expect(say('UserEvent', { ...intruder, ...dialed })).toEqual([['outbound_dialed', 'b']]);
    const friend = { Channel: 'PJSIP/1003-3', Uniqueid: 'd', Linkedid: 'b' };
    expect(say('UserEvent', { ...friend, ...offer })).toEqual([['leg_offered', 'b']]);
  });

  test('membership', () => {
    expect(replay('membership').map(({ kind }) => kind)).toEqual([
      'member_changed',
      'member_changed',
      'member_changed',
      'member_removed',
    ]);
  });

  test('every prefix of a log gives a prefix of its story: nothing is taken back', () => {
    const whole = replay('queue-answered');
    const messages = recorded('queue-answered');
    for (let count = 0; count <= messages.length; count += 1) {
      const tracker = createCallTracker();
      const events = messages.slice(0, count).flatMap((message) => tracker.take(message, 7));
      expect(whole.slice(0, events.length)).toEqual(events);
    }
  });

  test('a PBX without our dialplan events still offers queue calls', () => {
    const tracker = createCallTracker();
    const events = recorded('queue-answered')
      .filter((message) => message.get('event')?.[0] !== 'UserEvent')
      .flatMap((message) => tracker.take(message, 7));
    expect(story(events).slice(0, 3)).toEqual([
      `${CUSTOMER} entered support`,
      'offered to 1001 by support: +34600111222',
      '1001 answered',
    ]);
  });
});

const channel = (changes: Partial<SnapshotChannel>): SnapshotChannel => ({
  name: 'Local/call@x-00000001;1',
  uniqueId: 'u1',
  linkedId: 'key',
  isUp: true,
  isRinging: false,
  ageMs: 0,
  wasCalled: false,
  dialed: '',
  remoteNumber: '',
  remoteName: '',
  callKey: '',
  queue: '',
  isConsult: false,
  returnTo: '',
  bridgeId: '',
  recordingId: '',
  mixMonitorId: '',
  recordingOwner: '',
  said: '',
  join: null,
  ...changes,
});

const AGENT = channel({
  name: 'PJSIP/1001-00000001',
  uniqueId: 'u2',
  wasCalled: true,
  callKey: 'key',
  queue: 'support',
  remoteNumber: '+1',
});

describe('after a reconnect', () => {
  test('an unknown waiting caller and an unknown conversation are told', () => {
    const tracker = createCallTracker();
    const entry = { queue: 'sales', uniqueId: 'w1', remoteNumber: '+2', remoteName: '' };
    const waiting = channel({ uniqueId: 'w1', linkedId: 'waiting' });
    const events = tracker.resync(
      { parked: [], channels: [channel({}), AGENT, waiting], queueEntries: [entry] },
      9,
    );
    expect(events.map((event) => [event.kind, 'callKey' in event && event.callKey])).toEqual([
      ['queue_entered', 'waiting'],
      ['leg_offered', 'key'],
      ['leg_answered', 'key'],
    ]);
    expect(tracker.channelsOf('key')).toMatchObject([
      { name: 'Local/call@x-00000001;1', extension: null },
      { name: 'PJSIP/1001-00000001', extension: '1001', isUp: true },
    ]);
  });

  test('a leg is known to be as old as it is', () => {
    const tracker = createCallTracker();
    const snapshot = {
      parked: [],
      channels: [channel({ ...AGENT, ageMs: 7_000 })],
      queueEntries: [],
    };
    tracker.resync(snapshot, 60_000);
    tracker.resync(snapshot, 70_000);
    expect(tracker.channelsOf('key')).toMatchObject([{ begunAt: 53_000 }]);
  });

  test('nothing is told twice', () => {
    const tracker = createCallTracker();
    const snapshot = { parked: [], channels: [channel({}), AGENT], queueEntries: [] };
    tracker.resync(snapshot, 9);
    expect(tracker.resync(snapshot, 10)).toEqual([]);
  });

  test('what is gone has ended', () => {
    const tracker = createCallTracker();
    tracker.resync({ parked: [], channels: [channel({}), AGENT], queueEntries: [] }, 9);
    expect(tracker.resync({ parked: [], channels: [], queueEntries: [] }, 10)).toEqual([
      { kind: 'leg_ended', at: 10, callKey: 'key', extension: '1001', answered: true, cause: null },
      { kind: 'call_ended', at: 10, callKey: 'key' },
    ]);
  });

  test('a caller who left the queue meanwhile, talking now, has left it answered', () => {
    const tracker = createCallTracker();
    const entry = { queue: 'support', uniqueId: 'u1', remoteNumber: '+2', remoteName: '' };
    tracker.resync({ parked: [], channels: [channel({})], queueEntries: [entry] }, 9);
    const events = tracker.resync(
      { parked: [], channels: [channel({}), AGENT], queueEntries: [] },
      10,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['leg_offered', 'leg_answered', 'queue_left']);
    expect(events.at(-1)).toMatchObject({ how: 'answered' });
  });
});

test('a key that is pressed in a call is told without the key; one that is only passed on is not', () => {
  const tracker = createCallTracker();
  tracker.resync({ parked: [], channels: [channel({}), AGENT], queueEntries: [] }, 9);
  const key = (uniqueId: string, direction: string) =>
    tracker.take(
      amiMessage([
        ['Event', 'DTMFEnd'],
        ['Uniqueid', uniqueId],
        ['Digit', '7'],
        ['Direction', direction],
      ]),
      10,
    );
  expect(key('u1', 'Received')).toEqual([{ kind: 'key_pressed', at: 10, callKey: 'key' }]);
  expect(key('u1', 'Sent')).toEqual([]);
  expect(key('nobody', 'Received')).toEqual([]);
});

test('events that make no sense are ignored', () => {
  const tracker = createCallTracker();
  for (const name of [
    'Newchannel',
    'Newstate',
    'Hangup',
    'DialBegin',
    'QueueCallerLeave',
    'UserEvent',
    '',
  ]) {
    expect(tracker.take(amiMessage([['Event', name]]), 1)).toEqual([]);
  }
});
