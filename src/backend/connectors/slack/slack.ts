import { failure, success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk, Settings } from '../ask.ts';
import { markOf } from '../call-text.ts';
import type { Account, Connection, Connector, Escalation, Logged, Opened } from '../connector.ts';
import { failed, type ConnectorFailure, type Outcome } from '../failure.ts';
import { anything } from '../http/vendor-http.ts';
import { webhookAddress } from '../http/webhook-address.ts';
import {
  historySchema,
  identitySchema,
  postedSchema,
  webhookAnswerSchema,
} from './slack-answers.ts';
import { slackDialect } from './slack-dialect.ts';
import { messageOf } from './slack-message.ts';

/** Messages of so long a time are looked through for what was posted before, s. */
const lookBackSeconds = 3 * 24 * 3_600;
/** Slack's own advice for the length of a page. */
const pageLength = 200;
const mostPages = 5;
/** What a webhook says to a message without a text: it is there, and nothing is posted. */
const refusedAsEmpty = ['no_text', 'missing_text', 'invalid_payload'];

const webhookOf = (settings: Settings): URL | null =>
  webhookAddress(settings['webhookUrl'], (host) => host === 'hooks.slack.com');

/** A bot is asked where both are filled in: its messages can be found again. */
const isBot = ({ botToken, channel }: Settings): boolean => Boolean(botToken) && Boolean(channel);

const notFilledIn = failed(
  'validation',
  'neither a bot token with a channel nor the address of a webhook is filled in',
);

/** Who may not read the channel may post there all the same: this message is in doubt, not the connection. */
const cannotTell = (why: ConnectorFailure): Outcome<never> =>
  failure(why.kind === 'forbidden' ? { ...why, kind: 'in_doubt' } : why);

const openWebhook = ({ http }: Opened, { pathname, search }: URL): Connection => ({
  testConnection: async (ask) => {
    const answer = await http.request(
      {
        what: 'try the webhook',
        method: 'POST',
        path: pathname + search,
        json: { text: '' },
        alsoGood: [400],
        plainAnswers: refusedAsEmpty,
      },
      anything,
      ask,
    );
    return answer.ok ? success({ name: 'Slack: hooks.slack.com', facts: {} }) : answer;
  },
  escalate: async (given, ask) => {
    if (ask.mayExist) {
      return failed(
        'in_doubt',
        'post a message: it may stand there already, and a webhook cannot tell',
      );
    }
    const answer = await http.request(
      {
        what: 'post a message',
        method: 'POST',
        path: pathname + search,
        json: messageOf(given),
        plainAnswers: ['ok'],
      },
      webhookAnswerSchema,
      ask,
    );
    return answer.ok ? success({ type: 'message', id: given.key, url: '' }) : answer;
  },
});

const openBot = ({ http, settings, facts }: Opened): Connection => {
  const { channel = '' } = settings;

  const loggedAs = (ts: string): Logged => {
    const workspace = facts['workspaceUrl'] ?? '';
    const isOurs = /^https:\/\/[\w-]+(?:\.enterprise)?\.slack\.com\/$/u.test(workspace);
    const at = `archives/${encodeURIComponent(channel)}/p${ts.replace('.', '')}`;
    return { type: 'message', id: `${channel}:${ts}`, url: isOurs ? workspace + at : '' };
  };

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own identity', method: 'GET', path: '/auth.test' } as const;
    const answer = await http.request(asked, identitySchema, ask);
    if (!answer.ok) return answer;
    const { body, headers } = answer.value;
    const scopes = (headers.get('x-oauth-scopes') ?? '').split(',').filter(Boolean);
    if (scopes.length > 0 && !scopes.includes('chat:write')) {
      return failed('forbidden', 'the bot lacks the scope chat:write');
    }
    return success({
      name: `${body.team}, ${channel}`,
      facts: { workspaceUrl: body.url ?? '' },
      ...(scopes.length === 0 ? {} : { scopes }),
    });
  };

  /**
   * Newest first, by the mark in the message: Slack knows no key of the sender's. As far back from the newest message as an
   * attempt may lie back. Without the right to read the channel, nothing is posted a second time.
   */
  const findMessage = async (key: string, ask: Ask): Promise<Outcome<string | null>> => {
    const mark = markOf(key);
    let cursor: string | undefined;
    let newest: number | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const query = { channel, limit: pageLength, cursor };
      const asked = { what: 'read the channel', method: 'GET', query } as const;
      const answer = await http.request(
        { ...asked, path: '/conversations.history' },
        historySchema,
        ask,
      );
      if (!answer.ok) return cannotTell(answer.why);
      const { messages, response_metadata: next } = answer.value.body;
      const found = messages.find(({ blocks }) => JSON.stringify(blocks ?? null).includes(mark));
      if (found !== undefined) return success(found.ts);
      newest ??= Number(messages[0]?.ts);
      const oldest = Number(messages.at(-1)?.ts);
      cursor = next?.next_cursor ?? '';
      if (cursor === '' || !(newest - oldest < lookBackSeconds)) return success(null);
    }
    return failed('in_doubt', 'read the channel: too much was written there since to tell');
  };

  const escalate = async (given: Escalation, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const found = ask.mayExist ? await findMessage(given.key, ask) : success(null);
    if (!found.ok) return found;
    if (found.value !== null) return success(loggedAs(found.value));
    const json = { channel, ...messageOf(given), unfurl_links: false, unfurl_media: false };
    const asked = { what: 'post a message', method: 'POST', path: '/chat.postMessage' } as const;
    const answer = await http.request({ ...asked, json }, postedSchema, ask);
    return answer.ok ? success(loggedAs(answer.value.body.ts)) : answer;
  };

  return { testConnection, escalate };
};

const open = (opened: Opened): Connection => {
  if (isBot(opened.settings)) return openBot(opened);
  const webhook = webhookOf(opened.settings);
  if (webhook !== null) return openWebhook(opened, webhook);
  const refuse = () => Promise.resolve(notFilledIn);
  return { testConnection: refuse, escalate: refuse };
};

export const slack: Connector = {
  id: 'slack',
  name: 'Slack',
  fields: [
    {
      name: 'botToken',
      label: { en: 'Bot token', es: 'Token del bot', pt: 'Token do bot' },
      help: {
        en: 'Of an app with chat:write and, to see what was posted already, channels:history or groups:history. Invite it to the channel.',
        es: 'De una app con chat:write y, para ver lo ya publicado, channels:history o groups:history. Invítala al canal.',
        pt: 'De um app com chat:write e, para ver o que já foi publicado, channels:history ou groups:history. Convide-o para o canal.',
      },
      isSecret: true,
      isOptional: true,
      pattern: /xoxb-[\w-]{10,250}/u,
    },
    {
      name: 'channel',
      label: { en: 'Channel: identifier', es: 'Canal: identificador', pt: 'Canal: identificador' },
      help: {
        en: 'With a bot token; at the end of what Slack tells about the channel.',
        es: 'Con un token de bot; al final de los detalles del canal en Slack.',
        pt: 'Com um token de bot; no fim dos detalhes do canal no Slack.',
      },
      isOptional: true,
      pattern: /[CG][A-Z0-9]{6,20}/u,
      example: 'C0123456789',
    },
    {
      name: 'webhookUrl',
      label: {
        en: 'Or: address of a webhook',
        es: 'O bien: dirección de un webhook',
        pt: 'Ou: endereço de um webhook',
      },
      help: {
        en: 'A webhook cannot tell whether a message arrived when the line broke; you are then asked.',
        es: 'Un webhook no puede decir si un mensaje llegó cuando se cortó la conexión; en ese caso se te pregunta.',
        pt: 'Um webhook não sabe dizer se uma mensagem chegou quando a conexão caiu; nesse caso, você decide.',
      },
      isSecret: true,
      isOptional: true,
      pattern: /https:\/\/hooks\.slack\.com\/services\/[\w/]{10,200}/u,
    },
  ],
  authentication: {
    kind: 'headers',
    headers: (settings) =>
      isBot(settings) ? { authorization: `Bearer ${settings['botToken'] ?? ''}` } : {},
  },
  // A message a second in one channel.
  rate: { requests: 50, perMs: 60_000, atOnce: 2 },
  dialect: slackDialect,
  escalationRepeats: (settings) => (isBot(settings) ? 'found' : 'may_double'),
  baseUrl: (settings) => (isBot(settings) ? 'https://slack.com/api' : 'https://hooks.slack.com'),
  open,
};
