import { expect, test } from 'vitest';
import { amiMessage } from '../ami/ami-message.ts';
import { createAgentSound } from './agent-sound.ts';
import { createChannelTable } from './channel-table.ts';

const bed = () => {
  const table = createChannelTable();
  const agent = table.add('PJSIP/1001-00000002', 'u2', 'u1');
  Object.assign(agent, { isUp: true, leg: 'offered' });
  const sound = createAgentSound(table);
  const say = (event: string, at: number, sequence = '') =>
    sound
      .take(
        amiMessage([
          ['Event', event],
          ['Uniqueid', 'u2'],
          ['Report0HighestSequence', sequence],
        ]),
        at,
      )
      .map(({ kind }) => kind);
  return { agent, sound, say };
};

test('two reports without a packet between them are silence, told once, and the next packet ends it', () => {
  const { sound, say } = bed();
  expect(say('RTCPSent', 2_000, '100')).toEqual([]);
  expect(say('RTCPSent', 4_000, '200')).toEqual([]);
  expect(say('RTCPSent', 6_000, '200')).toEqual(['agent_silent']);
  expect(say('RTCPSent', 8_000, '200')).toEqual([]);
  expect(say('RTCPSent', 10_000, '250')).toEqual(['agent_heard']);
  expect(say('RTCPSent', 12_000, '250')).toEqual(['agent_silent']);
  // Seen sooner than the next report.
  expect(sound.arrives('u2', 12_500)).toMatchObject([{ kind: 'agent_heard', extension: '1001' }]);
  expect(sound.arrives('u2', 12_600)).toEqual([]);
});

test('a phone of which nothing ever came is silent as well', () => {
  const { say } = bed();
  expect(say('RTCPSent', 2_000)).toEqual([]);
  expect(say('RTCPSent', 4_000)).toEqual(['agent_silent']);
});

test('hold is judged anew, and who asks a colleague is not judged', () => {
  const { agent, say } = bed();
  say('RTCPSent', 2_000, '100');
  expect(say('RTCPSent', 4_000, '100')).toEqual(['agent_silent']);
  expect(say('Hold', 4_500)).toEqual(['agent_heard']);
  expect(say('RTCPSent', 6_000, '100')).toEqual([]);
  expect(say('RTCPSent', 8_000, '100')).toEqual(['agent_silent']);
  agent.isConsult = true;
  say('Unhold', 8_500);
  expect([say('RTCPSent', 10_000, '100'), say('RTCPSent', 12_000, '100')]).toEqual([[], []]);
});

test('a channel that is not answered, or is nobody’s, is not judged', () => {
  const { agent, say } = bed();
  agent.isUp = false;
  expect([say('RTCPSent', 2_000, '1'), say('RTCPSent', 4_000, '1')]).toEqual([[], []]);
  Object.assign(agent, { isUp: true, leg: 'unknown' });
  expect([say('RTCPSent', 6_000, '1'), say('RTCPSent', 8_000, '1')]).toEqual([[], []]);
});
