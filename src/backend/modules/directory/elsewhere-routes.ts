import { Type } from 'typebox';
import {
  confirmPersonSchema,
  createElsewhereSchema,
  elsewhereAnswerSchema,
  knowledgeSchema,
  systemsSchema,
} from '../../../shared/api/elsewhere.ts';
import type { ContactCard, User } from '../../../shared/api/records.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import { success } from '../../../shared/result.ts';
import type { App } from '../../app-type.ts';
import type { Person } from '../../connectors/connector.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Answer } from '../../problem.ts';
import type { ContactPages } from '../contacts/contact-page.ts';
import type { Directory } from './directory-service.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Knowledge } from './knowledge.ts';

const contactParams = Type.Object({ contactId: Type.String({ format: 'uuid' }) });
const answers = {
  200: elsewhereAnswerSchema,
  400: problemSchema,
  404: problemSchema,
  409: problemSchema,
};

type Parts = {
  readonly elsewhere: Elsewhere;
  readonly knowledge: Knowledge;
  readonly pages: ContactPages;
  readonly directory: Directory;
};

export const elsewhereRoutes = (app: App, parts: Parts): void => {
  const { elsewhere, knowledge, pages, directory } = parts;

  const cardFor = async (user: User, contactId: string): Promise<Answer<ContactCard>> => {
    const contact = await pages.open(user, contactId);
    return contact.ok ? success(contact.value.card) : contact;
  };

  /** A caller whom our own directory does not know is written into it: the next call finds the time line. */
  const takeOver = async (user: User, card: ContactCard, person: Person): Promise<void> => {
    if (card.match.kind !== 'unknown' || card.remoteNumber === '') return;
    const created = await directory.create({
      name: person.name,
      number: card.remoteNumber,
      ...(person.company === undefined ? {} : { company: person.company }),
      ...(person.email === undefined ? {} : { email: person.email }),
    });
    if (created.ok) await pages.link(user, card.contactId, created.value.id);
  };

  app.post(
    '/contacts/:contactId/elsewhere/confirm',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Says who the caller is in another system; remembered for the next call.',
        params: contactParams,
        body: confirmPersonSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const card = await cardFor(user, request.params.contactId);
      if (!card.ok) return sendProblem(reply, card.why);
      const confirmed = await elsewhere.confirm(user, card.value, request.body);
      if (!confirmed.ok) return sendProblem(reply, confirmed.why);
      await takeOver(user, card.value, confirmed.value.person);
      return { sources: [...confirmed.value.sources] };
    },
  );

  app.post(
    '/contacts/:contactId/elsewhere/people',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Has a record of the caller made in another system.',
        params: contactParams,
        body: createElsewhereSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const card = await cardFor(user, request.params.contactId);
      if (!card.ok) return sendProblem(reply, card.why);
      const made = await elsewhere.create(user, card.value, request.body);
      if (!made.ok) return sendProblem(reply, made.why);
      await takeOver(user, card.value, made.value.person);
      return { sources: [...made.value.sources] };
    },
  );

  app.post(
    '/contacts/:contactId/elsewhere/again',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Asks all other systems again who the caller is, past what is remembered.',
        params: contactParams,
        response: answers,
      },
    },
    async (request, reply) => {
      const card = await cardFor(signedIn(request).user, request.params.contactId);
      if (!card.ok) return sendProblem(reply, card.why);
      return { sources: [...(await elsewhere.again(card.value))] };
    },
  );

  app.get(
    '/elsewhere',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Searches all other systems by name or e-mail.',
        querystring: Type.Object(
          { text: Type.String({ minLength: 2, maxLength: 128 }) },
          { additionalProperties: false },
        ),
        response: { 200: elsewhereAnswerSchema },
      },
    },
    async (request) => ({ sources: [...(await elsewhere.search(request.query.text))] }),
  );

  app.get(
    '/elsewhere/systems',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Which other systems are in use, and what each of them can do.',
        response: { 200: systemsSchema },
      },
    },
    async () => ({ systems: [...(await elsewhere.systems())] }),
  );

  app.get(
    '/knowledge',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Searches what people wrote down for agents, wherever it is kept.',
        querystring: Type.Object(
          {
            text: Type.String({ minLength: 2, maxLength: 200 }),
            locale: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
            connectionId: Type.Optional(Type.String({ format: 'uuid' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: knowledgeSchema },
      },
    },
    async (request) => {
      const { text, locale = 'en-US', connectionId = null } = request.query;
      return { sources: [...(await knowledge.search(text, locale, connectionId))] };
    },
  );
};
