import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import type { EngineBrowser, EnginePage } from '../../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors, setupFor } from '../../support/engine-page/phone-bed.ts';
import { contactUser } from '../../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { requestTo, sipHeader, startScriptedPbx } from '../../support/engine-page/scripted-pbx.ts';
import { grant, notifyFor, subscribes } from '../../support/engine-page/scripted-subscription.ts';

const namespace = 'urn:ietf:params:xml:ns:dialog-info';

/** RFC 4235 §4.4, with one dialog for each `id state direction`. */
const dialogInfo = (version: string, state: string, ...dialogs: readonly string[]): string =>
  [
    '<?xml version="1.0"?>',
    `<dialog-info xmlns="${namespace}" version="${version}" state="${state}" entity="sip:1002@pbx">`,
    ...dialogs.map((dialog) => {
      const [id = '', told = '', direction = 'recipient'] = dialog.split(' ');
      return `<dialog id="${id}" direction="${direction}"><state>${told}</state></dialog>`;
    }),
    '</dialog-info>',
  ].join('\n');

const bomb = [
  '<?xml version="1.0"?>',
  '<!DOCTYPE dialog-info [<!ENTITY a "aaaaaaaaaa">',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
    (name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index] ?? ''};`.repeat(10)}">`,
  ),
  `]><dialog-info xmlns="${namespace}" version="9" state="full"><dialog id="&h;"><state>early</state></dialog></dialog-info>`,
].join('\n');

describe.skipIf(reasonToSkip(windowNeeds) !== null)("a colleague's phone", () => {
  let browser: EngineBrowser;
  let phone: EnginePage;
  let peer: ScriptedPbx;
  let subscribe = '';
  let sequence = 0;

  beforeAll(async () => {
    browser = await startEngineBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    sequence = 0;
    peer = await startScriptedPbx();
    peer.answerSubscribe(grant);
    phone = await browser.open({ ...setupFor(peer.url), watch: ['1002'] });
    await phone.untilRegistered();
    await until('it is watched', () => subscribes(peer, 'dialog').length > 0);
    [subscribe = ''] = subscribes(peer, 'dialog');
  });
  afterEach(async () => {
    peer.close();
    await closeWithoutErrors(phone);
  });

  const told = () => phone.latest().presence;
  const tell = async (body: string, state?: string) => {
    sequence += 1;
    peer.send(notifyFor(subscribe, sequence, body, state));
    await peer.untilReceived(
      new RegExp(
        `^SIP/2.0 200[\\s\\S]*Call-ID: ${sipHeader(subscribe, 'Call-ID')}[\\s\\S]*CSeq: ${sequence} NOTIFY`,
        'u',
      ),
    );
  };
  const ignored = () => phone.logs.filter(({ message }) => message.includes('ignored'));

  test('is unknown at first, then idle, ringing, busy and idle as the PBX tells it', async () => {
    expect(told()).toEqual({ 1002: 'unknown' });
    expect(subscribe).toMatch(/^SUBSCRIBE sip:1002@ringside SIP/u);
    await tell(dialogInfo('0', 'full'));
    await until('idle', () => told()['1002'] === 'idle');
    await tell(dialogInfo('1', 'full', 'a early'));
    await until('ringing', () => told()['1002'] === 'ringing');
    await tell(dialogInfo('2', 'full', 'a confirmed'));
    await until('busy', () => told()['1002'] === 'busy');
    await tell(dialogInfo('3', 'full', 'a terminated'));
    await until('idle', () => told()['1002'] === 'idle');
    await tell(dialogInfo('4', 'full', 'b trying initiator'));
    await until('busy, since it calls', () => told()['1002'] === 'busy');
    expect(ignored()).toEqual([]);
  });

  test('is followed by partial documents; after a gap the whole is asked for', async () => {
    await tell(dialogInfo('0', 'full', 'a confirmed', 'b confirmed'));
    await tell(dialogInfo('1', 'partial', 'a terminated'));
    await until('busy by the other', () => told()['1002'] === 'busy');
    await tell(dialogInfo('2', 'partial', 'b terminated'));
    await until('idle', () => told()['1002'] === 'idle');
    await tell(dialogInfo('4', 'partial', 'c early'));
    await until('a question for the whole', () => subscribes(peer, 'dialog').length === 2);
    await tell(dialogInfo('7', 'partial', 'c early'));
    expect(told()).toEqual({ 1002: 'idle' });
    await tell(dialogInfo('8', 'full', 'c early'));
    await until('ringing', () => told()['1002'] === 'ringing');
    // A PBX whose documents never fit is not asked without end.
    expect(subscribes(peer, 'dialog')).toHaveLength(2);
  });

  test('is not changed by documents that are old or no documents, of which the log tells once each', async () => {
    await tell(dialogInfo('5', 'full', 'a confirmed'));
    await until('busy', () => told()['1002'] === 'busy');
    for (let round = 0; round < 2; round += 1) {
      for (const body of [
        dialogInfo('5', 'full'),
        dialogInfo('4', 'full'),
        dialogInfo('-1', 'full'),
        dialogInfo('6', 'whole'),
        '<dialog-info version="9" state="full"/>',
        '<dialog-info',
        'Messages-Waiting: yes',
        bomb,
        dialogInfo('9', 'full', ...Array.from({ length: 900 }, (_, id) => `${id} early`)),
      ]) {
        await tell(body);
      }
    }
    expect(told()).toEqual({ 1002: 'busy' });
    expect(ignored().map(({ fields }) => fields['why'])).toEqual([
      ...['an old version', 'no version', 'neither full nor partial', 'no dialog-info', 'no XML'],
      ...['declares a document type', 'too long'],
    ]);
    peer.send(requestTo(contactUser(peer), 'OPTIONS', { callId: 'alive' }));
    await peer.untilReceived(/^SIP\/2.0 200[\s\S]*Call-ID: alive/u);
  });

  test('is unknown while the PBX cannot be reached, and watched anew afterwards', async () => {
    await tell(dialogInfo('0', 'full', 'a confirmed'));
    await until('busy', () => told()['1002'] === 'busy');
    peer.breakSockets();
    await until('unknown', () => told()['1002'] === 'unknown');
    await phone.wake('resume');
    await until('it is watched anew', () => subscribes(peer, 'dialog').length === 2);
    subscribe = subscribes(peer, 'dialog')[1] ?? '';
    sequence = 0;
    await tell(dialogInfo('0', 'full'));
    await until('idle', () => told()['1002'] === 'idle');
  });

  test('is watched as long as it is asked for', async () => {
    // A subscription that the phone does not know of yet is not ended: its next document is refused.
    await tell(dialogInfo('0', 'full'));
    await until('idle', () => told()['1002'] === 'idle');
    await phone.changeSetup({ watch: ['1003'] });
    await until('both are told of', () => subscribes(peer, 'dialog').length === 3);
    const [, given, taken] = subscribes(peer, 'dialog');
    expect(sipHeader(given ?? '', 'Expires')).toBe('0');
    expect(taken).toMatch(/^SUBSCRIBE sip:1003@/u);
    expect(told()).toEqual({ 1003: 'unknown' });
  });
});
