import { beforeEach, expect, test } from 'vitest';
import { amiMessage } from '../ami/ami-message.ts';
import { createCallTracker } from './call-tracker.ts';
import { joinChannelId } from './join-channel.ts';
import { createSupervisionLines } from './supervision-lines.ts';
import type { JoinLine, SupervisionLines } from './supervision-lines.ts';

const joinId = '6f4b2a1c-0000-4000-8000-000000000001';
const lineId = joinChannelId(joinId);
const spiedId = 'agent.1';

let lines: SupervisionLines;
let endings: string[];
let line: JoinLine;

beforeEach(() => {
  endings = [];
  lines = createSupervisionLines((which, why) => {
    which.why ??= why;
    endings.push(why);
  });
  line = {
    joinId,
    supervisorExtension: '1005',
    hearing: { agentExtension: '1001', callKey: 'call', mode: 'listen' },
    spiedId,
    state: 'calling',
    told: null,
    why: null,
    settle: null,
  };
  lines.add(line);
});

const take = (event: Readonly<Record<string, string>>, over: readonly string[] = []) =>
  lines
    .take(
      amiMessage(Object.entries(event)),
      over.map((callKey) => ({ kind: 'call_ended', at: 1, callKey })),
      1,
    )
    .map((told) => ('why' in told ? `${told.kind} ${told.why}` : told.kind));

const spying = { Event: 'ChanSpyStart', SpyerUniqueid: lineId, SpyeeUniqueid: spiedId };
const gone = (uniqueId: string, cause = '16') => ({
  Event: 'Hangup',
  Uniqueid: uniqueId,
  Cause: cause,
});

test('a line that hears is told once as started, and then by its mode', () => {
  expect(take(spying)).toEqual(['supervision_started']);
  line.hearing = { ...line.hearing, mode: 'barge' };
  expect(take(spying)).toEqual(['supervision_mode']);
  expect(take(spying)).toEqual([]);
  line.hearing = { ...line.hearing, agentExtension: '1002' };
  expect(take(spying)).toEqual(['supervision_started']);
});

test('what hears another channel than it was sent to does not count', () => {
  expect(take({ ...spying, SpyeeUniqueid: 'other.1' })).toEqual([]);
});

test('an agent who leaves a call that goes on is told; with the call the line ends', () => {
  take(spying);
  expect(take(gone(spiedId))).toEqual(['supervision_agent_left']);
  expect(endings).toEqual([]);
  expect(take(gone('customer.1'), ['call'])).toEqual([]);
  expect(endings).toEqual(['call_over']);
  expect(take(gone(lineId))).toEqual(['supervision_ended call_over']);
});

test('an agent who leaves with the last of the call is not told of apart', () => {
  take(spying);
  expect(take(gone(spiedId), ['call'])).toEqual([]);
  expect(take(gone(lineId))).toEqual(['supervision_ended call_over']);
});

test.each([
  ['16', 'left'],
  ['44', 'phone_gone'],
])('a line that ends by itself with cause %s: %s', (cause, why) => {
  take(spying);
  expect(take(gone(lineId, cause))).toEqual([`supervision_ended ${why}`]);
  expect(lines.all()).toEqual([]);
});

test('nobody moved the line in time', () => {
  take(spying);
  take(gone(spiedId));
  expect(take(gone(lineId))).toEqual(['supervision_ended moved_on']);
});

test.each(['Removed', 'Unreachable'])('a phone that is %s loses its line', (state) => {
  take(spying);
  take({ Event: 'ContactStatus', AOR: '1006', ContactStatus: state });
  expect(endings).toEqual([]);
  take({ Event: 'ContactStatus', AOR: '1005', ContactStatus: state });
  expect(endings).toEqual(['phone_gone']);
});

test('a line that never heard ends without a word, but to whoever asked for it', () => {
  const answers: string[] = [];
  line.settle = (result) => answers.push(result.ok ? 'ok' : result.why.code);
  expect(take(gone(lineId, '21'))).toEqual([]);
  expect(answers).toEqual(['no_answer']);
});

test('a line that was left before the PBX had made it ends as it comes, and is not told', () => {
  line.why = 'left';
  take({ Event: 'Newchannel', Uniqueid: lineId });
  expect(endings).toEqual(['left']);
  expect(take(spying)).toEqual([]);
  expect(take(gone(lineId))).toEqual([]);
});

test('of a PBX that was started anew no line is left', () => {
  take(spying);
  expect(lines.resync([], 1)).toMatchObject([{ kind: 'supervision_ended', why: 'pbx_away' }]);
});

test('a supervisor’s line is no leg of any agent', () => {
  const tracker = createCallTracker();
  const channel = { Channel: 'PJSIP/1005-00000001', Uniqueid: lineId, Linkedid: lineId };
  const dialled = {
    DestChannel: channel.Channel,
    DestUniqueid: lineId,
    DestLinkedid: lineId,
  };
  const story = [
    { Event: 'Newchannel', ...channel },
    { Event: 'DialBegin', ...dialled },
    { Event: 'Newstate', ...channel, ChannelState: '6' },
    { Event: 'DTMFEnd', ...channel, Direction: 'Received' },
    { Event: 'Hangup', ...channel, Cause: '16' },
  ];
  expect(
    story
      .flatMap((event) => tracker.take(amiMessage(Object.entries(event)), 1))
      .map(({ kind }) => kind),
  ).toEqual([]);
});
