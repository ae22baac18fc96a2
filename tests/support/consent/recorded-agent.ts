import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Push } from '../../../src/shared/api/push.ts';
import type { ContactCard } from '../../../src/shared/api/records.ts';
import type { Session } from '../../../src/shared/api/routes.ts';
import type { ConsentFact, ConsentFactKind } from '../../../src/shared/domain/consent/consent.ts';
import { createSipPhone, openUdpWire, type SipPhone } from '../../integration/pbx/sip-phone.ts';
import { password } from '../centre.ts';
import { createJournal } from '../journal.ts';

/** An agent without an app: a desk's line, facts, and a phone of plain RTP. */
export type RecordedAgent = {
  readonly id: string;
  readonly extension: string;
  readonly phone: () => SipPhone;
  /** The phone registers anew, as after a restart of the PBX. */
  readonly register: () => Promise<void>;
  /** The latest card of a call; undefined: none came. */
  readonly card: (callKey: string) => ContactCard | undefined;
  readonly onCard: (listener: (card: ContactCard) => void) => () => void;
  /** Asks until the backend answers. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly say: (callKey: string, callId: string, kind: ConsentFactKind) => Promise<void>;
  readonly close: () => void;
};

const retryMs = 100;
const patienceMs = 30_000;

type Place = { readonly url: string; readonly sipPort: number };
type Who = { readonly id: string; readonly username: string; readonly extension: string };

const post = (url: string, path: string, body: unknown, token = '') =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(8_000),
  });

const signIn = async (url: string, username: string): Promise<Session> => {
  for (let tries = 0; ; tries += 1) {
    const answer = await post(url, '/session', { username, password, deviceId: randomUUID() });
    // The backend answers by this schema.
    const session = (await answer.json()) as Session;
    if (answer.status === 200 && session.sip !== null) return session;
    if (tries > 50) throw new Error(`${username} got no phone: ${JSON.stringify(session)}`);
    await wait(retryMs);
  }
};

export const enterAgent = async (
  { url, sipPort }: Place,
  { id, username, extension }: Who,
): Promise<RecordedAgent> => {
  const session = await signIn(url, username);
  const cards = new Map<string, ContactCard>();
  const listeners = new Set<(card: ContactCard) => void>();
  const journal = createJournal(id);
  let isClosed = false;
  let socket: WebSocket | null = null;

  const take = (card: ContactCard): void => {
    cards.set(card.callKey, card);
    for (const listener of listeners) listener(card);
  };

  /** Until it is closed, whatever becomes of the backend. */
  const openLine = (): void => {
    if (isClosed) return;
    socket = new WebSocket(`${url.replace('http', 'ws')}/push`, {
      headers: { authorization: `Bearer ${session.token}` },
    });
    socket.on('message', (data: Buffer) => {
      const push = JSON.parse(data.toString()) as Push;
      if (push.kind === 'card') take(push.card);
      if (push.kind === 'desk') for (const card of push.desk.cards) take(card);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(openLine, retryMs));
  };
  openLine();

  let secret = session.sip?.password ?? '';
  /** A backend that died since has forgotten it, and a PBX that did as well. */
  const newSecret = async (): Promise<void> => {
    const answer = await post(url, '/session/sip', {}, session.token);
    if (answer.status === 200) secret = ((await answer.json()) as { password: string }).password;
  };
  let phone = createSipPhone(await openUdpWire(sipPort), extension);
  const register = async (): Promise<void> => {
    const giveUpAt = performance.now() + patienceMs;
    while (performance.now() < giveUpAt) {
      phone.close();
      phone = createSipPhone(await openUdpWire(sipPort), extension);
      const status = await Promise.race([phone.register(secret, 3_600), wait(1_000, 0)]);
      if (status === 200) return;
      await newSecret().catch(() => undefined);
      await wait(retryMs);
    }
    throw new Error(`${extension} cannot register`);
  };
  await register();

  const ask: RecordedAgent['ask'] = async (method, path, body) => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        const answer = await fetch(`${url}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${session.token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(8_000),
        });
        if (answer.status === 204) return null;
        if (answer.status < 500) return (await answer.json()) as unknown;
      } catch (error) {
        if (performance.now() > giveUpAt) throw error;
      }
      if (performance.now() > giveUpAt) throw new Error(`${path}: the backend did not come back`);
      await wait(retryMs);
    }
  };

  return {
    id,
    extension,
    phone: () => phone,
    register,
    card: (callKey) => cards.get(callKey),
    onCard: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ask,
    say: async (callKey, callId, kind) => {
      const fact: ConsentFact = { id: randomUUID(), callId, callKey, at: Date.now(), kind };
      const event = journal.event({ topic: 'consent', fact });
      await ask('POST', '/events', { events: [event] });
    },
    close: () => {
      isClosed = true;
      socket?.terminate();
      phone.close();
    },
  };
};
