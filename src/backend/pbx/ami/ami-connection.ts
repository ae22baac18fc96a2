import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiAddress } from './ami-address.ts';
import { encodeAction } from './ami-encoder.ts';
import type { AmiFields } from './ami-encoder.ts';
import { field } from './ami-message.ts';
import type { AmiMessage } from './ami-message.ts';
import { createAmiParser } from './ami-parser.ts';

export type AmiFailure = {
  /** `away`: no connection; `silent`: no answer in time; `refused`: Asterisk said no. */
  readonly code: 'away' | 'silent' | 'refused';
  readonly message: string;
};

export type AmiAnswer = Result<AmiMessage, AmiFailure>;
export type AmiListAnswer = Result<readonly AmiMessage[], AmiFailure>;

/** What one connection tells its owner, in this order: opened?, event*, closed (once, always). */
export type AmiConnectionEvents = {
  readonly opened: () => void;
  readonly event: (message: AmiMessage) => void;
  readonly closed: (why: string) => void;
};

export type AmiConnection = {
  readonly send: (action: string, headers: AmiFields) => Promise<AmiAnswer>;
  /** For actions that answer with a list of events; the list's end is left out. */
  readonly list: (action: string, headers: AmiFields) => Promise<AmiListAnswer>;
  readonly close: (why: string) => void;
};

export type AmiTimings = {
  /** Longest wait for an answer, and for the whole of connecting and logging in. */
  readonly answerMs: number;
  /** A ping leaves this long after the last one was answered; its answer is awaited for `pingAnswerMs`. */
  readonly pingEveryMs: number;
  readonly pingAnswerMs: number;
};

export const AMI_TIMINGS: AmiTimings = { answerMs: 4_500, pingEveryMs: 4_000, pingAnswerMs: 4_000 };

type Waiting = {
  readonly wantsList: boolean;
  readonly collected: AmiMessage[];
  readonly settle: (answer: AmiListAnswer) => void;
};

/** One life of a socket: greeting, login by challenge, pings, and its end. It never comes back; see `createAmiClient`. */
export const openAmiConnection = (
  address: AmiAddress,
  events: AmiConnectionEvents,
  timings: AmiTimings = AMI_TIMINGS,
): AmiConnection => {
  const parser = createAmiParser();
  const waiting = new Map<string, Waiting>();
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  let lastActionId = 0;
  let loginStarted = false;
  let booted: (() => void) | null = null;
  let isClosed = false;
  let pingTimer: NodeJS.Timeout | undefined;

  const close = (why: string): void => {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(openTimer);
    clearTimeout(pingTimer);
    socket.destroy();
    for (const { settle } of waiting.values()) settle(failure({ code: 'away', message: why }));
    waiting.clear();
    events.closed(why);
  };

  const openTimer = setTimeout(
    () => close('the PBX did not finish the login in time'),
    timings.answerMs,
  );

  const request = (
    action: string,
    headers: AmiFields,
    wantsList: boolean,
    answerMs: number,
  ): Promise<AmiListAnswer> =>
    new Promise((resolve) => {
      if (isClosed) {
        resolve(failure({ code: 'away', message: 'not connected to the PBX' }));
        return;
      }
      lastActionId += 1;
      const actionId = String(lastActionId);
      const bytes = encodeAction(action, actionId, headers);
      const timer = setTimeout(() => {
        waiting.delete(actionId);
        resolve(failure({ code: 'silent', message: `no answer to ${action}` }));
      }, answerMs);
      waiting.set(actionId, {
        wantsList,
        collected: [],
        settle: (answer) => {
          clearTimeout(timer);
          waiting.delete(actionId);
          resolve(answer);
        },
      });
      socket.write(bytes);
    });

  const send = async (
    action: string,
    headers: AmiFields,
    answerMs = timings.answerMs,
  ): Promise<AmiAnswer> => {
    const answer = await request(action, headers, false, answerMs);
    if (!answer.ok) return answer;
    return success(answer.value[0] ?? new Map<string, readonly string[]>());
  };

  const schedulePing = (): void => {
    pingTimer = setTimeout(() => {
      void send('Ping', [], timings.pingAnswerMs).then((answer) => {
        if (isClosed) return;
        if (answer.ok || answer.why.code === 'refused') schedulePing();
        else close('the PBX stopped answering');
      });
    }, timings.pingEveryMs);
  };

  const login = async (): Promise<void> => {
    const fullyBooted = new Promise<void>((resolve) => (booted = resolve));
    const challenge = await send('Challenge', [['AuthType', 'MD5']]);
    if (!challenge.ok) {
      close(`login refused: ${challenge.why.message}`);
      return;
    }
    const key = createHash('md5')
      .update(field(challenge.value, 'Challenge') + address.secret)
      .digest('hex');
    const answer = await send('Login', [
      ['AuthType', 'MD5'],
      ['Username', address.username],
      ['Key', key],
    ]);
    if (!answer.ok) {
      close(`login refused: ${answer.why.message}`);
      return;
    }
    // Asterisk sends FullyBooted to every new session once all modules are up
    await fullyBooted;
    clearTimeout(openTimer);
    schedulePing();
    events.opened();
  };

  const take = (message: AmiMessage): void => {
    const request = waiting.get(field(message, 'ActionID'));
    if (message.has('response')) {
      if (request === undefined) return;
      if (field(message, 'Response') === 'Error') {
        request.settle(failure({ code: 'refused', message: field(message, 'Message') }));
      } else if (!request.wantsList || field(message, 'EventList') === '') {
        request.settle(success([message]));
      }
      return;
    }
    if (request?.wantsList === true) {
      if (field(message, 'EventList').startsWith('Complete')) {
        request.settle(success(request.collected));
      } else request.collected.push(message);
      return;
    }
    if (field(message, 'Event') === 'FullyBooted') booted?.();
    if (field(message, 'Event') !== '') events.event(message);
  };

  socket.on('data', (chunk) => {
    for (const message of parser.push(chunk)) {
      if (!isClosed) take(message);
    }
    if (!loginStarted && parser.protocol() !== null) {
      loginStarted = true;
      void login();
    }
  });
  socket.on('error', (error) => close(error.message));
  socket.on('close', () => close('the PBX closed the connection'));

  return {
    send,
    list: (action, headers) => request(action, headers, true, timings.answerMs),
    close,
  };
};
