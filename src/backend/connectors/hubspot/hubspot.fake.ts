import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';
import { phoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';

/** What may be written and asked for, by kind; HubSpot refuses a property that it does not have. */
const writable: Readonly<Record<string, readonly string[]>> = {
  contacts: ['firstname', 'lastname', 'email', 'phone', 'mobilephone', 'company'],
  tickets: ['subject', 'content', 'hs_pipeline', 'hs_pipeline_stage', 'source_type'],
  calls: [
    ...['hs_timestamp', 'hs_call_title', 'hs_call_body', 'hs_call_direction', 'hs_call_status'],
    ...['hs_call_duration', 'hs_call_disposition', 'hs_call_external_id'],
    ...['hs_call_from_number', 'hs_call_to_number', 'hs_call_recording_url'],
  ],
  notes: ['hs_timestamp', 'hs_note_body'],
};

const calculated: Readonly<Record<string, string>> = {
  hs_searchable_calculated_phone_number: 'phone',
  hs_searchable_calculated_mobile_number: 'mobilephone',
};

const needed: Readonly<Record<string, readonly string[]>> = {
  tickets: ['subject', 'hs_pipeline_stage'],
  ...{ calls: ['hs_timestamp'], notes: ['hs_timestamp'] },
};

const connected = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
const stageStates = new Map([
  ['1', 'OPEN'],
  ['2', 'OPEN'],
  ['4', 'CLOSED'],
]);

/** What a value has to look like; the rest is any text. */
const values: Readonly<Record<string, RegExp>> = {
  hs_timestamp: /^(?:\d{13}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/u,
  hs_call_direction: /^(?:INBOUND|OUTBOUND)$/u,
  hs_call_status: /^(?:BUSY|CANCELED|COMPLETED|FAILED|NO_ANSWER)$/u,
  hs_call_duration: /^\d+$/u,
  hs_call_disposition: new RegExp(`^${connected}$`, 'u'),
  hs_call_recording_url: /^https:/u,
  hs_pipeline: /^0$/u,
  hs_pipeline_stage: /^[124]$/u,
  source_type: /^(?:CHAT|EMAIL|FORM|PHONE)$/u,
};

const associationTypes: Readonly<Record<number, readonly [from: string, to: string]>> = {
  194: ['calls', 'contacts'],
  220: ['calls', 'tickets'],
  228: ['notes', 'tickets'],
  16: ['tickets', 'contacts'],
};

const strict = { additionalProperties: false };
const texts = Type.Record(Type.String(), Type.String());
const createSchema = Type.Object(
  {
    properties: texts,
    associations: Type.Optional(
      Type.Array(
        Type.Object(
          {
            to: Type.Object({ id: Type.String({ pattern: String.raw`^\d+$` }) }, strict),
            types: Type.Array(
              Type.Object(
                {
                  associationCategory: Type.Literal('HUBSPOT_DEFINED'),
                  associationTypeId: Type.Integer(),
                },
                strict,
              ),
              { minItems: 1 },
            ),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);
const changeSchema = Type.Object({ properties: texts }, strict);
const filterSchema = Type.Object(
  { propertyName: Type.String(), operator: Type.Literal('EQ'), value: Type.String() },
  strict,
);
const searchSchema = Type.Object(
  {
    filterGroups: Type.Optional(
      Type.Array(
        Type.Object({ filters: Type.Array(filterSchema, { minItems: 1, maxItems: 6 }) }, strict),
        { maxItems: 5 },
      ),
    ),
    query: Type.Optional(Type.String({ maxLength: 3_000 })),
    properties: Type.Array(Type.String()),
    sorts: Type.Optional(
      Type.Array(
        Type.Object(
          { propertyName: Type.String(), direction: Type.Enum(['ASCENDING', 'DESCENDING']) },
          strict,
        ),
        { maxItems: 1 },
      ),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 200 }),
  },
  strict,
);
const batchSchema = Type.Object(
  {
    inputs: Type.Array(Type.Object({ id: Type.String() }, strict), { minItems: 1, maxItems: 100 }),
    properties: Type.Array(Type.String()),
  },
  strict,
);

type Search = Static<typeof searchSchema>;
type Properties = Readonly<Record<string, string>>;
type FakeObject = { readonly id: string; readonly type: string; properties: Properties };

const categories: Readonly<Record<number, string>> = {
  401: 'EXPIRED_AUTHENTICATION',
  403: 'MISSING_SCOPES',
  404: 'OBJECT_NOT_FOUND',
  409: 'CONFLICT',
};

const refusal = (status: number, wrong: readonly string[] = []): Told => ({
  status,
  body: {
    status: 'error',
    message: 'Property values were not valid: Ana Pires',
    correlationId: '5c1a7b2e-0000-4000-8000-000000000000',
    ...(status === 429
      ? { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' }
      : { category: categories[status] ?? (status < 500 ? 'VALIDATION_ERROR' : 'SERVER_ERROR') }),
    ...(wrong.length === 0
      ? {}
      : { errors: [{ message: 'Ana Pires', context: { propertyName: wrong } }] }),
  },
});

const plain = (html: string): string =>
  html.replaceAll(/<br>|<\/p>|<\/li>/gu, '\n').replaceAll(/<[^>]+>/gu, '');

const wrongValues = (type: string, properties: Properties): readonly string[] => {
  const own = writable[type] ?? [];
  return Object.entries(properties)
    .filter(([name, value]) => !own.includes(name) || values[name]?.test(value) === false)
    .map(([name]) => name);
};

type Options = {
  /** Searches know nothing of what was made since, as the real index for some seconds. */
  readonly isIndexLate?: true;
};

/** So much of a HubSpot account as the connector asks for; its schemas are written after the public documentation. */
export const hubspotFake = ({ isIndexLate }: Options = {}): VendorModel => {
  const objects: FakeObject[] = [];
  const links: { readonly from: string; readonly to: string }[] = [];
  const made = new Set<string>();
  let lastId = 100_000_000_000;

  const find = (type: string | undefined, id: string | undefined): FakeObject | undefined =>
    objects.find((each) => each.type === type && each.id === id);

  const add = (type: string, properties: Properties): FakeObject => {
    lastId += 1;
    const now = new Date().toISOString();
    const own = { createdate: now, hs_lastmodifieddate: now, ...properties };
    const object = { id: String(lastId), type, properties: own };
    objects.push(object);
    return object;
  };

  const view = ({ id, properties }: FakeObject, wanted: readonly string[] = []) => {
    const always = ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];
    const shown = [...always, ...wanted].map((name) => [name, properties[name] ?? null] as const);
    return {
      id,
      properties: { ...Object.fromEntries(shown), hs_object_id: id },
      createdAt: properties['createdate'],
      updatedAt: properties['hs_lastmodifieddate'],
      archived: false,
    };
  };

  const create = ({ body }: Asked, { type = '' }: Readonly<Record<string, string>>): Told => {
    if (!Value.Check(createSchema, body)) return refusal(400);
    const { properties, associations = [] } = body;
    const wrong = wrongValues(type, properties);
    const missing = (needed[type] ?? []).filter((name) => properties[name] === undefined);
    if (wrong.length + missing.length > 0) return refusal(400, [...wrong, ...missing]);
    const isRight = associations.every(({ to, types }) =>
      types.every(({ associationTypeId }) => {
        const [from, other] = associationTypes[associationTypeId] ?? [];
        return from === type && find(other, to.id) !== undefined;
      }),
    );
    if (!isRight) return refusal(400);
    const isKnown =
      type === 'contacts' &&
      properties['email'] !== undefined &&
      objects.some((each) => each.properties['email'] === properties['email']);
    if (isKnown) return refusal(409);
    const object = add(type, properties);
    made.add(object.id);
    for (const { to } of associations) links.push({ from: object.id, to: to.id });
    return { status: 201, body: view(object, writable[type]) };
  };

  const valueOf = ({ id, properties }: FakeObject, name: string): readonly string[] => {
    if (name === 'associations.contact') {
      return links.filter(({ from }) => from === id).map(({ to }) => to);
    }
    const source = calculated[name];
    if (source === undefined) return [properties[name] ?? ''];
    return [phoneForms(properties[source] ?? '', 'BR')?.national ?? ''];
  };

  const isAskable = (type: string, name: string): boolean =>
    (writable[type] ?? []).includes(name) ||
    ['createdate', 'hs_lastmodifieddate', 'associations.contact'].includes(name) ||
    (type === 'contacts' && name in calculated);

  const matches = (object: FakeObject, { filterGroups = [], query = '' }: Search): boolean => {
    const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
    const all = Object.values(object.properties).join(' ').toLowerCase();
    const isInGroup =
      filterGroups.length === 0 ||
      filterGroups.some(({ filters }) =>
        filters.every(({ propertyName, value }) => valueOf(object, propertyName).includes(value)),
      );
    return isInGroup && words.every((word) => all.includes(word));
  };

  const search = ({ body }: Asked, { type = '' }: Readonly<Record<string, string>>): Told => {
    if (!Value.Check(searchSchema, body)) return refusal(400);
    const { filterGroups = [], properties, sorts = [], limit } = body;
    const asked = [
      ...properties,
      ...sorts.map(({ propertyName }) => propertyName),
      ...filterGroups.flatMap(({ filters }) => filters.map(({ propertyName }) => propertyName)),
    ];
    const wrong = asked.filter((name) => !isAskable(type, name));
    if (wrong.length > 0) return refusal(400, wrong);
    const [sort] = sorts;
    const sign = sort?.direction === 'DESCENDING' ? -1 : 1;
    const order = (object: FakeObject): string => object.properties[sort?.propertyName ?? ''] ?? '';
    const found = objects
      .filter((each) => each.type === type && !(isIndexLate === true && made.has(each.id)))
      .filter((each) => matches(each, body))
      .sort((a, b) => sign * order(a).localeCompare(order(b)));
    const results = found.slice(0, limit).map((each) => view(each, properties));
    return { status: 200, body: { total: found.length, results } };
  };

  const show = ({ query }: Asked, { type, id }: Readonly<Record<string, string>>): Told => {
    const object = find(type, id);
    if (object === undefined) return refusal(404);
    const to = query.get('associations');
    const ids = links
      .filter(({ from, to: other }) => from === id || other === id)
      .map(({ from, to: other }) => (from === id ? other : from))
      .filter((other) => find(to ?? '', other) !== undefined);
    // As often as there are kinds of associations between the two.
    const results = [...ids, ...ids].map((other) => ({ id: other, type: 'of_some_kind' }));
    return {
      status: 200,
      body: {
        ...view(object, query.get('properties')?.split(',')),
        ...(to === null || ids.length === 0 ? {} : { associations: { [to]: { results } } }),
      },
    };
  };

  const change = ({ body }: Asked, { type, id }: Readonly<Record<string, string>>): Told => {
    const object = find(type, id);
    if (object === undefined) return refusal(404);
    if (!Value.Check(changeSchema, body)) return refusal(400);
    const wrong = wrongValues(object.type, body.properties);
    if (wrong.length > 0) return refusal(400, wrong);
    object.properties = { ...object.properties, ...body.properties };
    return { status: 200, body: view(object) };
  };

  const readBatch = ({ body }: Asked, { type }: Readonly<Record<string, string>>): Told => {
    if (!Value.Check(batchSchema, body)) return refusal(400);
    const found = body.inputs.flatMap(({ id }) => find(type, id) ?? []);
    const results = found.map((each) => view(each, body.properties));
    const status = results.length === body.inputs.length ? 200 : 207;
    return { status, body: { status: 'COMPLETE', results } };
  };

  const all = (type: string, name: string): readonly string[] =>
    objects.filter((each) => each.type === type).map(({ properties }) => properties[name] ?? '');
  const bodies = (): readonly string[] => [
    ...all('tickets', 'content'),
    ...all('notes', 'hs_note_body'),
  ];

  const stage = (id: string, label: string, displayOrder: number) => ({
    ...{ id, label, displayOrder, archived: false },
    metadata: { ticketState: stageStates.get(id) },
  });
  const pipeline = {
    ...{ id: '0', label: 'Support', displayOrder: 0, archived: false },
    stages: [stage('4', 'Closed', 3), stage('2', 'Waiting', 1), stage('1', 'New', 0)],
  };

  return {
    routes: {
      'GET /account-info/2026-03/details': () => ({
        status: 200,
        body: { portalId: 62_515, accountType: 'STANDARD', uiDomain: 'app-eu1.hubspot.com' },
      }),
      'GET /crm/pipelines/2026-03/tickets': () => ({ status: 200, body: { results: [pipeline] } }),
      'GET /calling/v1/dispositions': () => ({
        status: 200,
        body: [
          { id: connected, label: 'Connected', deleted: false },
          { id: 'b2cf5968-551e-4856-9783-52b3da59a7d0', label: 'Old one', deleted: true },
        ],
      }),
      'POST /crm/objects/2026-03/:type': create,
      'POST /crm/objects/2026-03/:type/search': search,
      'POST /crm/objects/2026-03/:type/batch/read': readBatch,
      'GET /crm/objects/2026-03/:type/:id': show,
      'PATCH /crm/objects/2026-03/:type/:id': change,
    },
    refusesCaller: (asked, goodTokens) =>
      goodTokens.has(tokenOf(asked)) ? undefined : refusal(401),
    refusal,
    addPerson: ({ name, phones: [phone = ''], email = '', company = '' }) => {
      const [firstname = '', lastname = ''] = name.split(' ');
      return add('contacts', { firstname, lastname, phone, email, company }).id;
    },
    addItem: (personId, { title, isOpen, updatedAt }) => {
      const hs_lastmodifieddate = new Date(updatedAt).toISOString();
      const hs_pipeline_stage = isOpen ? '2' : '4';
      const own = { subject: title, hs_pipeline: '0', hs_pipeline_stage, hs_lastmodifieddate };
      const { id } = add('tickets', own);
      links.push({ from: id, to: personId });
      return id;
    },
    addArticle: () => '',
    peopleCount: () => all('contacts', 'firstname').length,
    written: (key) =>
      all('calls', 'hs_call_external_id').filter((own) => own === key).length +
      bodies().filter((body) =>
        plain(body)
          .split('\n')
          .some((line) => line.trim() === `Ringside ${key}`),
      ).length,
    texts: () => [...all('calls', 'hs_call_body'), ...bodies()],
    settings: { clientId: 'app-client-id', clientSecret: 'app-client-secret' },
    origins: ['https://api.hubapi.com'],
  };
};
