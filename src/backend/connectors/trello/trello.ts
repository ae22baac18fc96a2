import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { markOf, plainText } from '../call-text.ts';
import type { Account, Connection, Connector, Escalation, Logged, Opened } from '../connector.ts';
import { exceptAddresses, shortened, textOfEscalation } from '../escalation-text.ts';
import { failed, type Outcome } from '../failure.ts';
import { waitFromSeconds, wordOf, type Dialect } from '../http/dialect.ts';
import { path } from '../http/vendor-http.ts';
import {
  cardSchema,
  cardsSchema,
  listSchema,
  memberSchema,
  type TrelloCard,
} from './trello-answers.ts';

/** Trello's longest name and description of a card. */
const longestName = 512;
const longestDescription = 16_384;
/** Trello counts within ten seconds and says no wait (Rate limits). */
const windowMs = 10_000;

/** A refusal is a sentence (`invalid token`) or `{"error":"API_TOKEN_LIMIT_EXCEEDED"}`; sentences may quote, words do not. */
const dialect: Dialect = {
  readRefusal: ({ status, headers, body }, nowMs) => {
    const vendorCode = wordOf(body, 'error');
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(status === 429 ? { retryAfterMs: waitFromSeconds(headers, nowMs) ?? windowMs } : {}),
    };
  },
};

/** What people typed, written so that Trello's Markdown shows it letter by letter. */
const markdownText = (text: string): string =>
  exceptAddresses(text, (part) =>
    part
      .replaceAll(/[\\`*_{}[\]<>#|~!]/gu, String.raw`\$&`)
      // At the begin of a line these make lists, rules and headings.
      .replaceAll(/^(\s*)([-+=]|\d+(?=[.)]))/gmu, (_, blank: string, sign: string) =>
        /\d/u.test(sign) ? `${blank}${sign}\u200B` : `${blank}\\${sign}`,
      ),
  );

const open = ({ http, settings }: Opened): Connection => {
  const { listId = '' } = settings;

  const loggedAs = ({ id, shortUrl }: TrelloCard): Logged => ({
    type: 'card',
    id,
    url:
      shortUrl?.startsWith('https://trello.com/') === true
        ? shortUrl
        : `https://trello.com/c/${encodeURIComponent(id)}`,
  });

  const testConnection = async (ask: Ask): Promise<Outcome<Account>> => {
    const asked = { what: 'read the own member', method: 'GET', path: '/members/me' } as const;
    const query = { fields: 'fullName' };
    const member = await http.request({ ...asked, query }, memberSchema, ask);
    if (!member.ok) return member;
    const listAsked = {
      what: 'read the list',
      method: 'GET',
      path: path`/lists/${listId}`,
    } as const;
    const listQuery = { fields: 'name,closed' };
    const list = await http.request({ ...listAsked, query: listQuery }, listSchema, ask);
    if (!list.ok) return list;
    if (list.value.body.closed === true) return failed('validation', 'the list is archived');
    const name = `${member.value.body.fullName}, ${plainText(list.value.body.name, 60)}`;
    return success({ name, facts: {} });
  };

  /** Cards that stand in the list still: one that somebody moved on within the minute would be made again. */
  const findCard = async (key: string, ask: Ask): Promise<Outcome<TrelloCard | null>> => {
    const answer = await http.request(
      {
        what: 'list the cards of the list',
        method: 'GET',
        path: path`/lists/${listId}/cards`,
        query: { fields: 'desc,shortUrl' },
      },
      cardsSchema,
      ask,
    );
    if (!answer.ok) return answer;
    const mark = markOf(key);
    const found = answer.value.body.find(({ desc }) =>
      (desc ?? '').split('\n').some((line) => line.trim() === mark),
    );
    return success(found ?? null);
  };

  const createCard = (given: Escalation, ask: Ask): Promise<Outcome<TrelloCard>> => {
    const { subject } = given;
    const asked = { what: 'create card', method: 'POST', path: '/cards' } as const;
    const json = {
      idList: listId,
      name: shortened(subject.replaceAll(/\s+/gu, ' ').trim(), longestName),
      desc: textOfEscalation(given, longestDescription, markdownText),
      pos: 'top',
    };
    return http
      .request({ ...asked, json }, cardSchema, ask)
      .then((answer) => (answer.ok ? success(answer.value.body) : answer));
  };

  const escalate = async (given: Escalation, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const found = ask.mayExist ? await findCard(given.key, ask) : success(null);
    if (!found.ok) return found;
    if (found.value !== null) return success(loggedAs(found.value));
    const made = await createCard(given, ask);
    return made.ok ? success(loggedAs(made.value)) : made;
  };

  return { testConnection, escalate };
};

export const trello: Connector = {
  id: 'trello',
  name: 'Trello',
  fields: [
    {
      name: 'apiKey',
      label: { en: 'API key', es: 'Clave de API', pt: 'Chave de API' },
      help: {
        en: 'Of a Power-Up of yours: trello.com/power-ups/admin.',
        es: 'De un Power-Up propio: trello.com/power-ups/admin.',
        pt: 'De um Power-Up seu: trello.com/power-ups/admin.',
      },
      pattern: /[0-9a-f]{32}/u,
    },
    {
      name: 'token',
      label: { en: 'Token', es: 'Token', pt: 'Token' },
      help: {
        en: 'Made with the key, for an account that may write to the board.',
        es: 'Se crea con la clave, para una cuenta que puede escribir en el tablero.',
        pt: 'É criado com a chave, para uma conta que pode escrever no quadro.',
      },
      isSecret: true,
      pattern: /[\w-]{20,200}/u,
    },
    {
      name: 'listId',
      label: { en: 'List: identifier', es: 'Lista: identificador', pt: 'Lista: identificador' },
      help: {
        en: 'Where cards are put. It stands in the .json of any of its cards as idList.',
        es: 'Donde se crean las tarjetas. Está en el .json de cualquiera de sus tarjetas como idList.',
        pt: 'Onde os cartões são criados. Está no .json de qualquer cartão dela como idList.',
      },
      pattern: /[0-9a-f]{24}/u,
    },
  ],
  // Trello wants them in the address.
  authentication: {
    kind: 'query',
    query: ({ apiKey = '', token = '' }) => ({ key: apiKey, token }),
  },
  // Half of what a token may.
  rate: { requests: 50, perMs: windowMs, atOnce: 4 },
  dialect,
  baseUrl: () => 'https://api.trello.com/1',
  open,
};
