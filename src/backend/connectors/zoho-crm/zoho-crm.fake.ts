import type {
  Asked,
  Route,
  Told,
  VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Row = { id: string } & Record<string, unknown>;
type Params = Readonly<Record<string, string>>;

const root = '/crm/v8';
const modules = ['Contacts', 'Leads', 'Accounts', 'Calls', 'Cases', 'Deals'] as const;
const phoneFields = ['Phone', 'Mobile', 'Home_Phone', 'Other_Phone'];
const callTypes = new Set(['Inbound', 'Outbound', 'Missed']);

/** `a between 'x' and 'y'`, `a like '%x'`, and `(one or other)`, never three in a pair of brackets; null: a mistake. */
const conditionOf = (text: string): ((row: Row) => boolean) | null => {
  const span = /^(\w+) between '([^']+)' and '([^']+)'$/u.exec(text);
  if (span !== null) {
    const [, field = '', from = '', to = ''] = span;
    return (row) => {
      const own = Date.parse(textOf(row[field]));
      return own >= Date.parse(from) && own <= Date.parse(to);
    };
  }
  const like = /^(\w+) like '%([^'%]+)'$/u.exec(text);
  if (like !== null) return (row) => textOf(row[like[1] ?? '']).endsWith(like[2] ?? '');
  const pair = /^\((.+) or ([^()]+)\)$/u.exec(text);
  if (pair === null) return null;
  const [one, other] = [conditionOf(pair[1] ?? ''), conditionOf(pair[2] ?? '')];
  return one === null || other === null ? null : (row) => one(row) || other(row);
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** So much of Zoho CRM as the connector asks for. Lists that are empty have no content; rows are refused inside of a 2xx. */
export const zohoCrmFake = (): VendorModel => {
  const kept: Record<string, Row[]> = { Contacts: [], Leads: [], Accounts: [], Calls: [] };
  kept['Cases'] = [];
  kept['Deals'] = [];
  const notes: { parent: string; id: string; Note_Content: string }[] = [];
  let lastId = 4_876_876_000_001_000;
  const nextId = (): string => String((lastId += 1));
  const rowsOf = (module: string): Row[] => kept[module] ?? [];

  const refuse = (status: number, code: string, field?: string): Told => ({
    status,
    body: {
      code,
      details: field === undefined ? {} : { api_name: field, value: 'Ana Pires' },
      message: 'Ana Pires is wrong',
      status: 'error',
    },
  });
  /** A refused row is told with 202 where it was the only one. */
  const refuseRow = (code: string, field: string): Told => ({
    status: 202,
    body: {
      data: [
        {
          code,
          details: { api_name: field, json_path: `$.data[0].${field}` },
          message: 'Ana Pires is wrong',
          status: 'error',
        },
      ],
    },
  });
  const written = (status: number, id: string): Told => ({
    status,
    body: {
      data: [{ code: 'SUCCESS', details: { id }, message: 'record written', status: 'success' }],
    },
  });
  const list = (rows: readonly Row[], { query }: Asked): Told => {
    const fields = query.get('fields')?.split(',');
    if (fields === undefined) return refuse(400, 'REQUIRED_PARAM_MISSING', 'fields');
    const most = Number(query.get('per_page') ?? 200);
    if (most > 200) return refuse(400, 'INVALID_DATA', 'per_page');
    if (rows.length === 0) return { status: 204 };
    const data = rows
      .slice(0, most)
      .map((row) =>
        Object.fromEntries([
          ['id', row.id],
          ...fields.map((name) => [name, row[name] ?? null] as const),
        ]),
      );
    return { status: 200, body: { data, info: { more_records: rows.length > most } } };
  };

  const search =
    (module: string): Route =>
    (asked) => {
      const { query } = asked;
      const [phone, word] = ['phone', 'word'].map((name) => query.get(name));
      const rows = rowsOf(module);
      if (phone) {
        const found = rows.filter((row) => phoneFields.some((field) => row[field] === phone));
        return list(found, asked);
      }
      if (word) {
        if (word.length < 2) return refuse(400, 'INVALID_QUERY');
        const words = word.toLowerCase().split(' ');
        const found = rows.filter((row) => {
          const text = ['Full_Name', 'Email', 'Company', 'Account_Name']
            .map((field) => textOf(row[field]))
            .join(' ');
          return words.every((each) => text.toLowerCase().includes(each));
        });
        return list(found, asked);
      }
      return refuse(400, 'REQUIRED_PARAM_MISSING');
    };

  /** The first record of a body, as far as the module can take it. */
  const wrongWith = (module: string, record: Record<string, unknown>): Told | null => {
    const needed: Readonly<Record<string, readonly string[]>> = {
      Contacts: ['Last_Name'],
      Calls: ['Subject', 'Call_Type', 'Call_Start_Time'],
      Cases: ['Subject', 'Case_Origin', 'Status'],
    };
    const missing = (needed[module] ?? []).find((field) => textOf(record[field]) === '');
    if (missing !== undefined) return refuseRow('MANDATORY_NOT_FOUND', missing);
    if (module !== 'Calls') return null;
    const isMissed = record['Call_Type'] === 'Missed';
    if (!callTypes.has(textOf(record['Call_Type']))) return refuseRow('INVALID_DATA', 'Call_Type');
    if (!isMissed && !/^\d{2,}:[0-5]\d$/u.test(textOf(record['Call_Duration']))) {
      return refuseRow('MANDATORY_NOT_FOUND', 'Call_Duration');
    }
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/u.test(textOf(record['Call_Start_Time']))) {
      return refuseRow('INVALID_DATA', 'Call_Start_Time');
    }
    const who = record['Who_Id'] as { id: string } | undefined;
    if (who !== undefined && !rowsOf('Contacts').some(({ id }) => id === who.id)) {
      return refuseRow('INVALID_DATA', 'Who_Id');
    }
    const what = record['What_Id'] as { id: string } | undefined;
    const module_ = textOf(record['$se_module']);
    if (what !== undefined && !rowsOf(module_).some(({ id }) => id === what.id)) {
      return refuseRow('INVALID_DATA', 'What_Id');
    }
    return null;
  };

  const recordOf = ({ body }: Asked): Record<string, unknown> =>
    (body as { data: Record<string, unknown>[] }).data[0] ?? {};

  const create =
    (module: string): Route =>
    (asked) => {
      const record = recordOf(asked);
      const wrong = wrongWith(module, record);
      if (wrong !== null) return wrong;
      const id = nextId();
      const at = new Date().toISOString();
      const name = [record['First_Name'], record['Last_Name']].map(textOf).join(' ').trim();
      rowsOf(module).push({
        ...record,
        id,
        Full_Name: name,
        Created_Time: at,
        Modified_Time: at,
        ...(module === 'Cases' ? { Case_Number: `C${id.slice(-4)}` } : {}),
      });
      return written(201, id);
    };

  const show =
    (module: string): Route =>
    (asked, { id }) => {
      const row = rowsOf(module).find((each) => each.id === id);
      return row === undefined ? { status: 204 } : list([row], asked);
    };

  const update =
    (module: string): Route =>
    (asked, { id }) => {
      const row = rowsOf(module).find((each) => each.id === id);
      const record = recordOf(asked);
      if (row === undefined) return refuse(404, 'INVALID_DATA', 'id');
      if ('Call_Type' in record || 'Call_Start_Time' in record) {
        return refuseRow('INVALID_DATA', 'Call_Type');
      }
      Object.assign(row, record);
      return written(200, row.id);
    };

  const related =
    (module: string): Route =>
    (asked, { id }: Params) => {
      const own = rowsOf(module).filter(
        (row) => (row['Related_To'] as { id: string } | undefined)?.id === id,
      );
      const sorted = own.sort((a, b) =>
        textOf(b['Modified_Time']).localeCompare(textOf(a['Modified_Time'])),
      );
      return list(sorted, asked);
    };

  const routes: Record<string, Route> = {
    [`GET ${root}/org`]: () => ({
      status: 200,
      body: { org: [{ company_name: 'Acme', zgid: '60001', id: nextId() }] },
    }),
    [`POST ${root}/coql`]: ({ body }) => {
      const query = (body as { select_query: string }).select_query;
      const parts = /^select ([\w,]+) from (\w+) where (.+) limit (\d+)$/u.exec(query);
      if (parts === null) return refuse(400, 'SYNTAX_ERROR');
      const [, fields = '', module = '', where = ''] = parts;
      const isWanted = conditionOf(where);
      if (isWanted === null) return refuse(400, 'SYNTAX_ERROR');
      const data = rowsOf(module)
        .filter(isWanted)
        .map((row) => ({
          id: row.id,
          ...Object.fromEntries(fields.split(',').map((name) => [name, row[name] ?? null])),
        }));
      if (data.length === 0) return { status: 204 };
      return { status: 200, body: { data, info: { count: data.length, more_records: false } } };
    },
    [`GET ${root}/Calls`]: (asked) => {
      const ids = asked.query.get('ids')?.split(',') ?? [];
      return list(
        rowsOf('Calls').filter(({ id }) => ids.includes(id)),
        asked,
      );
    },
    [`GET ${root}/Cases`]: (asked) => list([...rowsOf('Cases')].reverse(), asked),
    [`GET ${root}/settings/fields`]: ({ query }) =>
      query.get('module') === 'Calls'
        ? {
            status: 200,
            body: {
              fields: [
                { api_name: 'Subject', pick_list_values: [] },
                {
                  api_name: 'Call_Result',
                  pick_list_values: [
                    { actual_value: 'Interested', display_value: 'Interessado', id: '1' },
                    { actual_value: 'Requested more info', display_value: 'Mais', id: '2' },
                  ],
                },
              ],
            },
          }
        : refuse(400, 'INVALID_MODULE'),
    [`GET ${root}/Cases/:id/Notes`]: (asked, { id }) =>
      list(
        notes.filter(({ parent }) => parent === id),
        asked,
      ),
    [`POST ${root}/Cases/:id/Notes`]: (asked, { id = '' }) => {
      const content = textOf(recordOf(asked)['Note_Content']);
      if (content === '') return refuseRow('MANDATORY_NOT_FOUND', 'Note_Content');
      const note = { parent: id, id: nextId(), Note_Content: content };
      notes.push(note);
      return written(201, note.id);
    },
  };
  for (const module of modules) {
    routes[`GET ${root}/${module}/search`] = search(module);
    routes[`POST ${root}/${module}`] = create(module);
    routes[`GET ${root}/${module}/:id`] = show(module);
    routes[`PUT ${root}/${module}/:id`] = update(module);
  }
  for (const parent of ['Contacts', 'Accounts']) {
    for (const module of ['Cases', 'Deals']) {
      routes[`GET ${root}/${parent}/:id/${module}`] = related(module);
    }
  }

  const texts = (): readonly string[] => [
    ...[...rowsOf('Calls'), ...rowsOf('Cases')].map((row) => textOf(row['Description'])),
    ...notes.map((note) => note.Note_Content),
  ];

  return {
    routes,
    refusesCaller: ({ headers }, goodTokens) => {
      const [scheme, token = ''] = (headers['authorization'] ?? '').split(' ');
      const isGood = scheme === 'Zoho-oauthtoken' && goodTokens.has(token);
      return isGood ? undefined : refuse(401, 'INVALID_TOKEN');
    },
    refusal: (status) => refuse(status, status === 429 ? 'TOO_MANY_REQUESTS' : 'INVALID_REQUEST'),
    addPerson: ({ name, phones, email, company }) => {
      const id = nextId();
      const [Phone = null, Mobile = null] = phones;
      const more = { Account_Name: company === undefined ? null : { name: company, id: nextId() } };
      const Created_Time = '2026-01-02T03:04:05-03:00';
      const row = {
        id,
        Full_Name: name,
        Phone,
        Mobile,
        Email: email ?? null,
        ...more,
        Created_Time,
      };
      rowsOf('Contacts').push(row);
      return id;
    },
    addItem: (personId, { title, isOpen, updatedAt }) => {
      const id = nextId();
      rowsOf('Cases').push({
        id,
        Case_Number: `C${id.slice(-4)}`,
        Subject: title,
        Status: isOpen ? 'New' : 'Closed',
        Related_To: { id: personId },
        Modified_Time: new Date(updatedAt).toISOString(),
      });
      return id;
    },
    addArticle: () => {
      throw new Error('a CRM has no articles');
    },
    peopleCount: () =>
      rowsOf('Contacts').length + rowsOf('Leads').length + rowsOf('Accounts').length,
    written: (key) =>
      texts().filter((text) => text.split('\n').some((line) => line === `Ringside ${key}`)).length,
    texts,
    settings: { dataCentre: 'eu', clientId: 'ringside-app', clientSecret: 'not-for-anybody' },
    origins: ['https://www.zohoapis.eu', 'https://accounts.zoho.eu'],
  };
};
