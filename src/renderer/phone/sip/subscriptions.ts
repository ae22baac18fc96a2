import type { IncomingRequest, UA } from 'jssip';
import type { PhonePresence, Voicemail } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { DialogInfo } from './dialog-info.ts';
import { presenceOf, readDialogInfo } from './dialog-info.ts';
import { readMessageSummary } from './message-summary.ts';
import type { Subscription } from './subscription.ts';
import { createSubscription } from './subscription.ts';

/** A long list is asked for little by little. */
const betweenMs = 40;

export type SubscriptionsPorts = {
  readonly onVoicemail: (voicemail: Voicemail) => void;
  readonly onPresence: (presence: Readonly<Record<string, PhonePresence>>) => void;
  readonly random: () => number;
  readonly log: Logger;
};

export type Subscriptions = {
  /** The PBX knows us (again): everything is asked for anew. */
  readonly begin: () => void;
  readonly drop: () => void;
  readonly end: () => void;
  /** Whose phones are watched from now on. */
  readonly watch: (extensions: readonly string[]) => void;
  /** True: it was a NOTIFY of an event that belongs here, and is answered. */
  readonly take: (request: IncomingRequest) => boolean;
};

const packageOf = (request: IncomingRequest): string =>
  (request.getHeader('Event') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** What the PBX tells a phone unasked or asked: the agent's mailbox (RFC 3842) and colleagues' phones (RFC 4235). */
export const createSubscriptions = (ua: UA, ports: SubscriptionsPorts): Subscriptions => {
  const { log } = ports;
  const watched = new Map<string, { readonly subscription: Subscription; state: PhonePresence }>();
  const said = new Set<string>();
  let standing = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  /** One line of log for each kind of nonsense, however often it comes. */
  const ignore = (event: string, why: string) => {
    if (said.has(`${event} ${why}`)) return;
    said.add(`${event} ${why}`);
    log.warn('a notification was ignored', { event, why });
  };

  const takeSummary = (body: string) => {
    const summary = readMessageSummary(body);
    if (summary === null) ignore('message-summary', 'unreadable');
    else ports.onVoicemail(summary);
    return true;
  };

  const mailbox = createSubscription(ua, {
    user: null,
    event: 'message-summary',
    accept: 'application/simple-message-summary',
    onBegun: () => undefined,
    onBody: takeSummary,
    onLost: () => undefined,
    random: ports.random,
    log,
  });

  const tellPresence = () =>
    ports.onPresence(Object.fromEntries([...watched].map(([user, { state }]) => [user, state])));

  const watchOne = (user: string) => {
    let known: DialogInfo | null = null;
    const become = (state: PhonePresence) => {
      const entry = watched.get(user);
      if (entry === undefined || entry.state === state) return;
      entry.state = state;
      tellPresence();
    };
    const subscription = createSubscription(ua, {
      user,
      event: 'dialog',
      accept: 'application/dialog-info+xml',
      onBegun: () => {
        known = null;
      },
      onBody: (body) => {
        const reading = readDialogInfo(body, known);
        switch (reading.kind) {
          case 'read':
            known = reading.info;
            become(presenceOf(reading.info));
            return true;
          case 'unreadable':
            ignore('dialog', reading.why);
            return true;
          case 'old':
            ignore('dialog', 'an old version');
            return true;
          case 'gap':
            return false;
        }
      },
      onLost: () => become('unknown'),
      random: ports.random,
      log,
    });
    watched.set(user, { subscription, state: 'unknown' });
  };

  const beginAll = (subscriptions: readonly Subscription[]) => {
    clearTimeout(waiting);
    const [first, ...others] = subscriptions;
    if (first === undefined || !standing) return;
    first.begin();
    waiting = setTimeout(beginAll, betweenMs, others);
  };

  const all = (): readonly Subscription[] => [
    mailbox,
    ...[...watched.values()].map(({ subscription }) => subscription),
  ];

  /** What was answered is what is known; nothing may leave this folder as an uncaught error. */
  const answerTo = (request: IncomingRequest): number => {
    for (const subscription of all()) {
      const code = subscription.take(request);
      if (code !== null) return code;
    }
    // Told unasked, outside of any dialog: Asterisk does so for the mailbox of an endpoint.
    if (packageOf(request) === 'message-summary' && !request.to_tag) {
      if (request.body !== null) takeSummary(request.body);
      return 200;
    }
    return 481;
  };

  return {
    begin: () => {
      standing = true;
      beginAll(all());
    },
    drop: () => {
      standing = false;
      clearTimeout(waiting);
      for (const subscription of all()) subscription.drop();
    },
    end: () => {
      standing = false;
      clearTimeout(waiting);
      for (const subscription of all()) subscription.end();
    },
    watch: (extensions) => {
      const wanted = new Set(extensions);
      let changed = false;
      for (const [user, { subscription }] of watched) {
        if (wanted.has(user)) continue;
        subscription.end();
        watched.delete(user);
        changed = true;
      }
      for (const user of wanted) {
        if (watched.has(user)) continue;
        watchOne(user);
        if (standing) watched.get(user)?.subscription.begin();
        changed = true;
      }
      if (changed) tellPresence();
    },
    take: (request) => {
      const event = packageOf(request);
      if (event !== 'message-summary' && event !== 'dialog') return false;
      let code = 500;
      try {
        code = answerTo(request);
      } catch (error) {
        ignore(event, textOf(error));
      }
      request.reply_sl(code, code === 481 ? 'Subscription Does Not Exist' : undefined);
      return true;
    },
  };
};
