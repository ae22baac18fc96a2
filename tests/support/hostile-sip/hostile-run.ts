import type { EngineBrowser } from '../engine-page/engine-page.ts';
import { until } from '../engine-page/far-end.ts';
import { setupFor } from '../engine-page/phone-bed.ts';
import type { FarMediaPage } from '../engine-page/far-media.ts';
import { callPhone, contactUser } from '../engine-page/scripted-call.ts';
import { requestTo, sipHeader, startScriptedPbx } from '../engine-page/scripted-pbx.ts';
import { seededRandom } from '../seeded-random.ts';
import { clockHandlers } from './handler-clock.ts';
import { createMutants } from './mutants.ts';
import { addressedTo, tortureMessages } from './torture.ts';

const slowMs = 50;
const batch = 250;
/** A busy machine makes one message slow by chance; the same one is not slow again and again. */
const repetitions = 4;
const aliveWithinMs = 30_000;

export type HostileFigures = {
  readonly sent: number;
  readonly longestMs: number;
  /** Messages that took too long each time that they were sent. */
  readonly slow: readonly string[];
  readonly uncaught: readonly string[];
  readonly callSurvived: boolean;
};

const withCrLf = (text: string) => text.replaceAll(/\r?\n/gu, '\r\n');
/** Characters beyond Latin are text; the others may be bytes that are no text. */
const asFrame = (text: string): string | Buffer =>
  /[^\0-\u00ff]/u.test(text) || !/[\u0080-\u00ff]/u.test(text) ? text : Buffer.from(text, 'latin1');

/** Every message of RFC 4475, as it is and addressed to this phone, in text and in binary frames. */
const torture = function* (user: string): Generator<string | Buffer> {
  for (const { text } of tortureMessages) {
    yield asFrame(withCrLf(text));
    yield asFrame(withCrLf(addressedTo(text, user)));
    yield Buffer.from(withCrLf(text));
  }
};

const mutantRow = function* (next: () => string, count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield next();
};

const becomes = (condition: () => boolean): Promise<boolean> =>
  until('', condition).then(
    () => true,
    () => false,
  );

/**
 * Sends hostile messages to a phone that is in a call. After each batch the phone must answer OPTIONS; in the end the call
 * must still be there and end as calls do.
 */
export const sendHostile = async (
  { browser, far }: { readonly browser: EngineBrowser; readonly far: FarMediaPage },
  what:
    | { readonly kind: 'torture' }
    | { readonly kind: 'mutants'; readonly count: number; readonly seed: number },
  onProgress: (sent: number) => void = () => undefined,
): Promise<HostileFigures> => {
  const peer = await startScriptedPbx();
  const phone = await browser.open(setupFor(peer.url));
  try {
    await phone.untilRegistered();
    const clock = await clockHandlers(phone.page, slowMs);
    await phone.wake('resume');
    await until('a clocked connection', () => phone.latest().registration.state !== 'registered');
    await phone.untilRegistered();
    const user = contactUser(peer);
    const liveCallId = 'live-call@pbx';
    const media = far.open();
    const call = await callPhone({ peer, phone, user, media }, liveCallId);
    const liveTo = sipHeader(call.request('INFO', 2), 'To');
    const live = () => phone.latest().calls.find(({ callId }) => callId === call.callId);

    let probes = 0;
    const alive = async () => {
      probes += 1;
      const callId = `alive-${probes}`;
      peer.send(requestTo(user, 'OPTIONS', { callId }));
      await until(
        'OPTIONS is answered',
        () =>
          peer.received.some(
            (text) => text.startsWith('SIP/2.0 200') && sipHeader(text, 'Call-ID') === callId,
          ),
        aliveWithinMs,
      );
      peer.forget();
    };

    const messages =
      what.kind === 'torture'
        ? torture(user)
        : mutantRow(
            createMutants(seededRandom(what.seed), { user, liveCallId, liveTo }),
            what.count,
          );
    let sent = 0;
    let longestMs = 0;
    const slow: string[] = [];
    const settle = async () => {
      await alive();
      const figures = await clock.read();
      const again = [...figures.slow];
      let worst = again.length === 0 ? figures.longestMs : 0;
      for (const message of again) {
        let best = Number.POSITIVE_INFINITY;
        for (let count = 0; count < repetitions && best > slowMs; count += 1) {
          peer.sendRaw(message);
          await alive();
          best = Math.min(best, (await clock.read()).longestMs);
        }
        worst = Math.max(worst, best);
        if (best > slowMs) slow.push(message);
      }
      longestMs = Math.max(longestMs, worst);
      // Those that are calls do ring; they are turned down, so that others can.
      for (const { callId, state } of phone.latest().calls) {
        if (state === 'offered') await phone.command({ kind: 'reject', callId });
      }
      onProgress(sent);
    };
    for (const message of messages) {
      peer.sendRaw(message);
      sent += 1;
      if (sent % batch === 0) await settle();
    }
    await settle();
    const isConnected = live()?.state === 'connected';
    const ended = await phone.command({ kind: 'end', callId: call.callId });
    const isTold = () =>
      peer.received.some(
        (text) => text.startsWith('BYE') && sipHeader(text, 'Call-ID') === liveCallId,
      );
    const callSurvived = isConnected && ended.ok && (await becomes(isTold));
    const errors = phone.logs
      .filter(({ level }) => level === 'error')
      .map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`);
    return { sent, longestMs, slow, uncaught: [...clock.uncaught(), ...errors], callSurvived };
  } finally {
    peer.close();
    await phone.close();
  }
};
