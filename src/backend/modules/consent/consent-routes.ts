import { Type } from 'typebox';
import { standingChoiceSchema } from '../../../shared/api/consent.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { App } from '../../app-type.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { refused } from '../../problem.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { findVisible, maySee } from '../contacts/contact-access.ts';
import { findCustomerSummaries } from '../directory/customer-repository.ts';
import type { ConsentBook } from './consent-book.ts';
import { exportOfContact, exportOfCustomer } from './consent-export.ts';
import { storeConsentFact } from './keep-consents.ts';
import { checkRules, rulesFileSchema } from './rules-file.ts';
import { applyRules, findRules, listApplied, readInForce } from './rules-repository.ts';
import { findStandingOfCustomer } from './standing-choices.ts';

type Needs = {
  readonly database: Database;
  readonly book: Pick<ConsentBook, 'load'>;
  /** Every call that is recorded is decided anew. */
  readonly onRules: () => void;
  readonly now: Now;
  readonly mintId: MintId;
};

const customerParams = Type.Object({ customerId: Type.String({ format: 'uuid' }) });
const contactParams = Type.Object({ contactId: Type.String({ format: 'uuid' }) });
const exported = Type.Object({
  states: Type.Array(Type.Unknown()),
  standing: Type.Unknown(),
  facts: Type.Array(Type.Unknown()),
  rules: Type.Array(rulesFileSchema),
  wordings: Type.Array(Type.Unknown()),
});

/** A customer's choice from a paper, about no call in particular. */
const choiceSchema = Type.Object(
  {
    kind: standingChoiceSchema.properties.kind,
    /** When it was signed or said, epoch ms; absent: now. */
    at: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);

const noCustomer = refused('not_found', 'there is no such customer');
const noContact = refused('not_found', 'there is no such contact among those you may see');

export const consentRoutes = (app: App, needs: Needs): void => {
  const { database, book, onRules, now, mintId } = needs;

  app.get(
    '/consent/rules',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'The rules of consent in force, and every change of them.',
        querystring: Type.Object(
          { version: Type.Optional(Type.String({ maxLength: 64 })) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ rules: rulesFileSchema, applied: Type.Array(Type.Unknown()) }),
          404: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { version } = request.query;
      const rules =
        version === undefined
          ? (await readInForce(database)).rules
          : await findRules(database, version);
      if (rules === null) {
        return sendProblem(reply, refused('not_found', 'there is no such version').why);
      }
      return { rules, applied: await listApplied(database) };
    },
  );

  app.put(
    '/consent/rules',
    {
      config: { access: 'administrator' },
      bodyLimit: 1_048_576,
      schema: {
        summary: 'Puts rules of consent in force; with an error in them the ones before stay.',
        body: rulesFileSchema,
        response: { 200: Type.Object({ version: Type.String() }), 400: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const checked = checkRules(request.body);
      const applied = checked.ok
        ? await applyRules(database, checked.value, { at: now(), by: user.id })
        : checked;
      if (!applied.ok) {
        return sendProblem(reply, refused('invalid', applied.why.join('; ')).why);
      }
      await book.load();
      onRules();
      return { version: request.body.version };
    },
  );

  app.get(
    '/contacts/:contactId/consent',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Every consent fact of a contact, with the rules and words that it names.',
        params: contactParams,
        response: { 200: exported, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { contactId } = request.params;
      return (await maySee(database, signedIn(request).user, contactId))
        ? exportOfContact(database, contactId)
        : sendProblem(reply, noContact.why);
    },
  );

  app.get(
    '/customers/:customerId/consent',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Every consent fact of a customer, over all contacts that this user may see.',
        params: customerParams,
        response: { 200: exported },
      },
    },
    (request) =>
      exportOfCustomer(database, request.params.customerId, (contactIds) =>
        findVisible(database, signedIn(request).user, contactIds),
      ),
  );

  app.post(
    '/customers/:customerId/consent',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Keeps what a customer decided in writing, for later calls.',
        params: customerParams,
        body: choiceSchema,
        response: { 200: standingChoiceSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { customerId } = request.params;
      const { user } = signedIn(request);
      const { kind, at = now() } = request.body;
      if (at > now()) return sendProblem(reply, refused('invalid', 'body/at lies ahead').why);
      const [customer] = await findCustomerSummaries(database, [customerId]);
      if (customer === undefined) return sendProblem(reply, noCustomer.why);
      const fact: ConsentFact = {
        ...{ id: mintId(), callId: customerId, callKey: customerId, at, kind },
        ...{ how: 'written_before', by: 'administrator', standing: true },
      };
      await database.transaction(async (transaction) => {
        const told = { fact, contactId: null, customerId, agentId: user.id };
        await storeConsentFact(transaction, told, now());
        await appendAudit(transaction, {
          ...{ at: now(), actor: user.id, action: 'consent_choice_kept', subject: null },
          details: { customerId, factId: fact.id, kind },
        });
      });
      const standing = await findStandingOfCustomer(database, customerId);
      return standing ?? sendProblem(reply, noCustomer.why);
    },
  );
};
