import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../../../src/shared/domain/call/call.ts';
import type { PhoneCommand } from '../../../src/shared/ipc/phone.ts';
import { customerCalls } from '../agent-at-work.ts';
import type { DeskApp } from '../desk-app.ts';
import { askDesk, commandPhone, completeAllWrapUps, wishReady } from './desk-orders.ts';

/** What an agent does in the calls of a shift, one after another, so that everything of the desk was used. */

type Connected = Extract<Call, { readonly state: 'connected' }>;

const patienceMs = 40_000;

const untilFound = async <Found>(
  what: string,
  look: () => Promise<Found | undefined | false>,
): Promise<Found> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${String(patienceMs)} ms: ${what}`);
    await pause(50);
  }
};

const callWhere = (app: DeskApp, what: string, fits: (call: Call) => boolean): Promise<Call> =>
  untilFound(what, async () => (await app.phoneSnapshot()).calls.find((call) => fits(call)));

const order = async (app: DeskApp, command: PhoneCommand): Promise<string> => {
  const answer = await commandPhone(app, command);
  if (!answer.ok) throw new Error(`${command.kind} was refused: ${answer.why}`);
  return answer.value.callId ?? '';
};

const isConnected =
  (callId: string) =>
  (call: Call): call is Connected =>
    call.callId === callId && call.state === 'connected';

type Deed = (app: DeskApp, callId: string) => Promise<void>;

const hold: Deed = async (app, callId) => {
  await order(app, { kind: 'hold', callId });
  await pause(300);
  await order(app, { kind: 'resume', callId });
};

const mute: Deed = async (app, callId) => {
  await order(app, { kind: 'mute', callId });
  await pause(300);
  await order(app, { kind: 'unmute', callId });
  await order(app, { kind: 'send_digits', callId, digits: '12#' });
};

const consentAndRecord: Deed = async (app, callId) => {
  await askDesk(app, 'consent.record', { callId, kind: 'asked' });
  await askDesk(app, 'consent.record', { callId, kind: 'granted' });
  await pause(700);
};

const asideWith = async (app: DeskApp, callId: string): Promise<string> => {
  const to = { kind: 'number', number: '+1 202 555 0143' } as const;
  const asked = await order(app, { kind: 'consult', callId, to });
  await callWhere(app, 'whom was asked', isConnected(asked));
  return asked;
};

const consult: Deed = async (app, callId) => {
  const asked = await asideWith(app, callId);
  await pause(300);
  await order(app, { kind: 'end', callId: asked });
  await callWhere(
    app,
    'the question to be over',
    (call) => call.callId === asked && call.state === 'ended',
  );
  await order(app, { kind: 'resume', callId });
};

const conference: Deed = async (app, callId) => {
  const asked = await asideWith(app, callId);
  await order(app, { kind: 'merge', callId, withCallId: asked });
  await pause(500);
  await order(app, { kind: 'end', callId: asked });
  await pause(300);
};

const transfer: Deed = async (app, callId) => {
  await order(app, {
    kind: 'transfer',
    callId,
    to: { kind: 'number', number: '+1 202 555 0116' },
  });
};

const softer: Deed = async (app, callId) => {
  await order(app, { kind: 'set_volume', callId, volumeDb: 6 });
  await pause(200);
  await order(app, { kind: 'set_volume', callId, volumeDb: 0 });
};

/** By the spotlight: what is left behind is counted with the same page in sight. */
export const showDesk = async (app: DeskApp): Promise<void> => {
  await app.press('Control+KeyK');
  const { page } = app.desk;
  await page.getByPlaceholder('What do you want to do?').fill('Back to the desk');
  await page.keyboard.press('Enter');
  await pause(300);
};

/** Pages that an agent looks at in a call: chords of the desk. */
const lookAround: Deed = async (app) => {
  for (const keys of ['Control+Comma', 'Control+Shift+KeyF', 'Control+KeyD', 'Control+Period']) {
    await app.press(keys);
    await pause(250);
  }
  await showDesk(app);
};

const change: Deed = async (app) => {
  const { settings } = await app.deskSnapshot();
  const { audioDevices, sound } = settings;
  const theme = settings.theme === 'dark' ? 'light' : 'dark';
  await askDesk(app, 'settings.change', { theme, audioDevices, sound: { ...sound } });
  await askDesk(app, 'headsets.watch', null);
  await pause(300);
  await askDesk(app, 'headsets.unwatch', null);
  await askDesk(app, 'reports.myDay', null);
};

const deeds: readonly (readonly [string, Deed])[] = [
  ['hold', hold],
  ['mute and digits', mute],
  ['consent and recording', consentAndRecord],
  ['consult', consult],
  ['conference', conference],
  ['pages', lookAround],
  ['settings and reports', change],
  ['volume', softer],
  ['transfer', transfer],
];

/** One call of a customer, from the queue to the end of its wrap-up. */
export const workACall = async (app: DeskApp, number: number): Promise<string> => {
  await untilFound('to be ready', async () => {
    const { agent } = await app.deskSnapshot();
    if (agent?.state.state === 'ready') return true;
    await completeAllWrapUps(app);
    if (agent?.state.state === 'not_ready') await wishReady(app);
    return undefined;
  });
  await customerCalls(app.stack);
  const { callId } = await callWhere(app, 'it to ring', ({ state }) => state === 'offered');
  await order(app, { kind: 'answer', callId });
  await callWhere(app, 'the customer', isConnected(callId));
  const [name, deed] = deeds[number % deeds.length] ?? ['', hold];
  try {
    await pause(500);
    await deed(app, callId);
  } catch (thrown) {
    throw new Error(`${name}: ${String(thrown)}`, { cause: thrown });
  } finally {
    const call = (await app.phoneSnapshot()).calls.find((each) => each.callId === callId);
    if (call?.state === 'connected' && name !== 'transfer') {
      await commandPhone(app, { kind: 'end', callId });
    }
  }
  await untilFound('every call to be over', async () =>
    (await app.phoneSnapshot()).calls.every(({ state }) => state === 'ended'),
  );
  await untilFound('its wrap-up', async () =>
    (await app.deskSnapshot()).wrapUps.some((owed) => owed.callId === callId && owed.ended),
  );
  await askDesk(app, 'wrapUp.draft', { callId, code: 'resolved', notes: `Call ${String(number)}` });
  await completeAllWrapUps(app);
  return name;
};
