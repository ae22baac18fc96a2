import { beforeEach, expect, test } from 'vitest';
import type { Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { createCallerPages } from './caller-page.ts';

type Elsewhere = NonNullable<DeskSnapshot['elsewhere']>;

let wish: DeskSnapshot['settings']['callerPage'];
let elsewhere: Elsewhere;
let calls: readonly Call[];
let opened: string[];
let follow: () => void;

// Only what is read of a call.
const call = (callKey: string, state: Call['state'], direction = 'inbound') =>
  ({ callKey, state, direction }) as Call;
const known = (callKey: string, url: string, isComplete = true) =>
  ({
    callKey,
    sources: [{ isComplete, people: [{ grade: 'exact', url }], items: [] }],
  }) as unknown as Elsewhere[number];

beforeEach(() => {
  wish = 'ringing';
  elsewhere = [known('a', 'https://help.example/ana')];
  calls = [call('a', 'offered')];
  opened = [];
  follow = createCallerPages({
    // Only what is read of the settings.
    desk: () => ({ elsewhere, settings: { callerPage: wish } as DeskSnapshot['settings'] }),
    calls: () => calls,
    open: (url) => opened.push(url),
  });
});

test('a page opens once for each call, whatever changes later', () => {
  follow();
  follow();
  elsewhere = [known('a', 'https://help.example/ticket'), known('b', 'https://help.example/bo')];
  calls = [call('a', 'connected'), call('b', 'offered')];
  follow();
  expect(opened).toEqual(['https://help.example/ana', 'https://help.example/bo']);
});

test('nothing opens unless the agent wishes it, nor before', () => {
  wish = 'never';
  follow();
  wish = 'answered';
  follow();
  expect(opened).toEqual([]);
  calls = [call('a', 'connected')];
  follow();
  expect(opened).toHaveLength(1);
});

test('nothing opens for calls of one’s own, that are over, or before everybody has answered', () => {
  for (const each of [call('a', 'alerting', 'outbound'), call('a', 'ended')]) {
    calls = [each];
    follow();
  }
  calls = [call('a', 'offered')];
  elsewhere = [known('a', 'https://help.example/ana', false)];
  follow();
  expect(opened).toEqual([]);
});

test('what is no page of the web does not open', () => {
  for (const url of ['file:///etc/passwd', 'http://help.example/ana', 'ana', 'ms-msdt:/id']) {
    elsewhere = [known('a', url)];
    follow();
  }
  expect(opened).toEqual([]);
});
