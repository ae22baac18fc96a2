import type { TSchema } from 'typebox';
import { success } from '../../../shared/result.ts';
import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { hasMark, markOf, textOfCall } from '../call-text.ts';
import type {
  CallRecord,
  Connection,
  Logged,
  NewTicket,
  Opened,
  Person,
  RecordItem,
  Ref,
} from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { path, type VendorRequest } from '../http/vendor-http.ts';
import { present, timeOf } from '../http/wire.ts';
import { callFields, instantOf } from './zoho-call.ts';
import { dataCentreOf } from './zoho-data-centres.ts';
import {
  fieldsSchema,
  idsSchema,
  itemsSchema,
  orgSchema,
  peopleSchema,
  textsSchema,
  writtenSchema,
  type ZohoItem,
  type ZohoPerson,
} from './zoho-crm-answers.ts';

const root = '/crm/v8';

/** Modules that have people, with the fields that say who they are and how they are reached. */
const peopleModules = ['Contacts', 'Leads', 'Accounts'] as const;
type PeopleModule = (typeof peopleModules)[number];
const personFields: Readonly<Record<PeopleModule, string>> = {
  Contacts: 'Full_Name,Email,Phone,Mobile,Home_Phone,Other_Phone,Account_Name,Created_Time',
  Leads: 'Full_Name,Email,Phone,Mobile,Company,Created_Time',
  Accounts: 'Account_Name,Phone,Created_Time',
};
const itemFields = {
  Cases: 'Case_Number,Subject,Status,Modified_Time',
  Deals: 'Deal_Name,Stage,Modified_Time',
} as const;
type ItemModule = keyof typeof itemFields;

/** Or, in pairs: a query takes no more than two conditions in a pair of brackets. */
const anyOf = (conditions: readonly string[]): string =>
  conditions.reduce((all, each) => `(${all} or ${each})`);

/** Numbers that end like it, in whatever way people group the last digits. */
const likeNumber = (module: PeopleModule, { last7 }: PhoneForms): string => {
  const [before, last] = [last7.slice(-4, -2), last7.slice(-2)];
  const fields = module === 'Accounts' ? ['Phone'] : ['Phone', 'Mobile'];
  const endings = ['', ' ', '-', '.'].map((between) => `%${before}${between}${last}`);
  return anyOf(fields.flatMap((field) => endings.map((ending) => `${field} like '${ending}'`)));
};

export const openZohoCrm = ({ http, settings, facts }: Opened): Connection => {
  const pageOf = ({ type, id }: Ref): string => {
    const base = `https://${dataCentreOf(settings).pages}/crm`;
    const { orgId } = facts;
    const [module, own] = [encodeURIComponent(type), encodeURIComponent(id)];
    return orgId === undefined
      ? `${base}/EntityInfo.do?module=${module}&id=${own}`
      : `${base}/org${encodeURIComponent(orgId)}/tab/${module}/${own}`;
  };

  const personOf = (module: PeopleModule, person: ZohoPerson): Person => {
    const ref = { type: module, id: String(person.id) };
    const account = person.Account_Name;
    const accountName = typeof account === 'string' ? account : (account?.name ?? undefined);
    const company = module === 'Accounts' ? undefined : (person.Company ?? accountName);
    const createdAt = timeOf(person.Created_Time);
    const own = module === 'Accounts' ? accountName : person.Full_Name;
    return {
      ...ref,
      name: own ?? '',
      phones: present([person.Phone, person.Mobile, person.Home_Phone, person.Other_Phone]),
      ...(person.Email ? { email: person.Email } : {}),
      ...(company ? { company } : {}),
      ...(createdAt === 0 ? {} : { createdAt }),
      url: pageOf(ref),
    };
  };

  const itemOf = (module: ItemModule, item: ZohoItem): RecordItem => {
    const ref = { type: module, id: String(item.id) };
    const status = (module === 'Cases' ? item.Status : item.Stage) ?? '';
    return {
      ...ref,
      reference: item.Case_Number ?? ref.id,
      title: (module === 'Cases' ? item.Subject : item.Deal_Name) ?? '',
      status,
      // Deals end as "Closed Won", "Closed Lost" and "Closed-Lost to Competition".
      isOpen: !status.startsWith('Closed'),
      updatedAt: timeOf(item.Modified_Time),
      url: pageOf(ref),
    };
  };

  /** Rows of a list; nothing at all is none. */
  const rows = async <Schema extends TSchema>(
    request: Omit<VendorRequest, 'method'> & { readonly method?: 'GET' | 'POST' },
    schema: Schema,
    ask: Ask,
  ) => http.request({ method: 'GET', ...request }, schema, ask);

  const searchModule = async (
    module: PeopleModule,
    query: Readonly<Record<string, string>>,
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> => {
    const asked = { what: `search ${module}`, path: `${root}/${module}/search` };
    const given = { ...query, fields: personFields[module], per_page: 10 };
    const answer = await rows({ ...asked, query: given }, peopleSchema, ask);
    if (!answer.ok) return answer;
    return success((answer.value.body?.data ?? []).map((person) => personOf(module, person)));
  };

  const searchAll = async (
    query: Readonly<Record<string, string>>,
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> =>
    joined(await Promise.all(peopleModules.map((module) => searchModule(module, query, ask))));

  /** However the number was typed: the records themselves are asked by its last four digits, and read by seven. */
  const queryNumber = async (
    module: PeopleModule,
    phone: PhoneForms,
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> => {
    const select = `select ${personFields[module]} from ${module}`;
    const json = { select_query: `${select} where ${likeNumber(module, phone)} limit 50` };
    const asked = { what: `query ${module}`, method: 'POST', path: `${root}/coql` } as const;
    const answer = await rows({ ...asked, json }, peopleSchema, ask);
    if (!answer.ok) return answer;
    const people = (answer.value.body?.data ?? []).map((person) => personOf(module, person));
    return success(
      people.filter(({ phones }) =>
        phones.some((each) => each.replaceAll(/\D/gu, '').endsWith(phone.last7)),
      ),
    );
  };

  /** A list that names a mark in its texts; its id, or null. */
  const markedIn = async (
    request: Parameters<typeof rows>[0],
    mark: string,
    ask: Ask,
  ): Promise<Outcome<string | null>> => {
    const answer = await rows(request, textsSchema, ask);
    if (!answer.ok) return answer;
    const found = (answer.value.body?.data ?? []).find(
      ({ Description: text, Note_Content: note }) =>
        hasMark(text ?? '', mark) || hasMark(note ?? '', mark),
    );
    return success(found === undefined ? null : String(found.id));
  };

  /**
   * A call is known by its start, which nobody can change there later, and by its mark. That needs no field of ours in their
   * layout, and a query reads the records themselves where a search reads an index that is behind.
   */
  const findCall = async (
    call: CallRecord,
    mark: string,
    ask: Ask,
  ): Promise<Outcome<string | null>> => {
    const minute = call.startedAt - (call.startedAt % 60_000);
    const [from, to] = [instantOf(minute), instantOf(minute + 59_000)];
    const query = `select id from Calls where Call_Start_Time between '${from}' and '${to}' limit 100`;
    const asked = { what: 'query Calls', method: 'POST', path: `${root}/coql` } as const;
    const answer = await rows({ ...asked, json: { select_query: query } }, idsSchema, ask);
    if (!answer.ok) return answer;
    const ids = (answer.value.body?.data ?? []).map(({ id }) => id).join(',');
    if (ids === '') return success(null);
    const given = { ids, fields: 'Description' };
    return markedIn({ what: 'list Calls', path: `${root}/Calls`, query: given }, mark, ask);
  };

  const findCase = (mark: string, ask: Ask): Promise<Outcome<string | null>> => {
    const query = {
      fields: 'Description',
      sort_by: 'Created_Time',
      sort_order: 'desc',
      per_page: 100,
    };
    return markedIn({ what: 'list Cases', path: `${root}/Cases`, query }, mark, ask);
  };

  const write = async (
    request: Pick<VendorRequest, 'what' | 'method' | 'path'>,
    record: Readonly<Record<string, unknown>>,
    ask: Ask,
  ): Promise<Outcome<string>> => {
    const answer = await http.request({ ...request, json: { data: [record] } }, writtenSchema, ask);
    return answer.ok ? success(String(answer.value.body.data[0]?.details.id ?? '')) : answer;
  };

  const logged = (id: string): Logged => {
    const ref = { type: 'Calls', id };
    return { ...ref, url: pageOf(ref) };
  };

  const logCall = async (call: CallRecord, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const mark = markOf(call.callId);
    if (ask.mayExist) {
      const found = await findCall(call, mark, ask);
      if (!found.ok) return found;
      if (found.value !== null) return success(logged(found.value));
    }
    const asked = { what: 'create call', method: 'POST', path: `${root}/Calls` } as const;
    const made = await write(asked, callFields(call, mark), ask);
    return made.ok ? success(logged(made.value)) : made;
  };

  /** Late news stand below what is there, whoever wrote it; start, type and owner stay. */
  const updateCall = async (
    { id }: Ref,
    call: CallRecord,
    ask: RepeatedAsk,
  ): Promise<Outcome<Logged>> => {
    const mark = markOf(call.callId, call.revision);
    const at = path`/crm/v8/Calls/${id}`;
    const asked = { what: 'show call', path: at, query: { fields: 'Description' } };
    const answer = await rows(asked, textsSchema, ask);
    if (!answer.ok) return answer;
    const kept = answer.value.body?.data[0]?.Description ?? '';
    if (hasMark(kept, mark)) return success(logged(id));
    const record = {
      Description: present([kept, textOfCall(call, mark)]).join('\n\n'),
      ...(call.mappedDisposition ? { Call_Result: call.mappedDisposition } : {}),
    };
    const put = await write({ what: 'update call', method: 'PUT', path: at }, record, ask);
    return put.ok ? success(logged(id)) : put;
  };

  const createTicket = async (
    { subject, body, person, key }: NewTicket,
    ask: RepeatedAsk,
  ): Promise<Outcome<RecordItem>> => {
    const mark = markOf(key);
    const found = ask.mayExist ? await findCase(mark, ask) : success(null);
    if (!found.ok) return found;
    const relation =
      person?.type === 'Contacts'
        ? { Related_To: { id: person.id } }
        : person?.type === 'Accounts'
          ? { Account_Name: { id: person.id } }
          : {};
    const record = {
      Subject: subject.slice(0, 255),
      Description: `${body}\n${mark}`,
      Case_Origin: 'Phone',
      Status: 'New',
      ...relation,
    };
    const asked = { what: 'create case', method: 'POST', path: `${root}/Cases` } as const;
    const id = found.value === null ? await write(asked, record, ask) : success(found.value);
    if (!id.ok) return id;
    const at = path`/crm/v8/Cases/${id.value}`;
    const shown = { what: 'show case', path: at, query: { fields: itemFields.Cases } };
    const answer = await rows(shown, itemsSchema, ask);
    // It is made: what cannot be read of it now is what was sent.
    const item = answer.ok ? answer.value.body?.data[0] : undefined;
    return success(itemOf('Cases', item ?? { id: id.value, Subject: subject, Status: 'New' }));
  };

  return {
    testConnection: async (ask) => {
      const asked = { what: 'read the organization', method: 'GET', path: `${root}/org` } as const;
      const answer = await http.request(asked, orgSchema, ask);
      if (!answer.ok) return answer;
      const own = answer.value.body.org[0];
      const zgid = own?.zgid;
      return success({
        name: own?.company_name ?? 'Zoho CRM',
        facts: zgid === undefined || zgid === null ? {} : { orgId: String(zgid) },
      });
    },
    // `phone` searches all fields of the kind, in the form in which the number was typed there.
    findByPhone: async (phone, ask) => {
      const first = await searchAll({ phone: phone.e164 ?? phone.digits }, ask);
      const isFound = !first.ok || first.value.length > 0;
      if (isFound || phone.last7.length < 4) return first;
      return joined(
        await Promise.all(peopleModules.map((module) => queryNumber(module, phone, ask))),
      );
    },
    findByText: async (text, ask) => {
      const word = text.replaceAll(/[^\p{L}\p{N}@._-]+/gu, ' ').trim();
      // Shorter words are refused.
      return word.length < 2 ? success([]) : searchAll({ word }, ask);
    },
    recentItems: async (person, limit, ask) => {
      // A lead has neither: with the first deal it becomes a contact.
      if (person.type === 'Leads') return success([]);
      const all = await Promise.all(
        (['Cases', 'Deals'] as const).map(async (module) => {
          const query = {
            fields: itemFields[module],
            sort_by: 'Modified_Time',
            sort_order: 'desc',
            per_page: limit,
          };
          const at = path`/crm/v8/${person.type}/${person.id}/${module}`;
          const answer = await rows({ what: `list ${module}`, path: at, query }, itemsSchema, ask);
          if (!answer.ok) return answer;
          return success((answer.value.body?.data ?? []).map((item) => itemOf(module, item)));
        }),
      );
      const items = joined(all);
      if (!items.ok) return items;
      return success([...items.value].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, limit));
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const words = name.trim().split(/\s+/u);
      const record = {
        Last_Name: words.at(-1) ?? e164,
        ...(words.length > 1 ? { First_Name: words.slice(0, -1).join(' ') } : {}),
        Phone: e164,
        ...(email ? { Email: email } : {}),
      };
      const asked = { what: 'create contact', method: 'POST', path: `${root}/Contacts` } as const;
      const made = await write(asked, record, ask);
      if (!made.ok) return made;
      const known = { id: made.value, Full_Name: name, Phone: e164, Email: email ?? null };
      return success(personOf('Contacts', known));
    },
    logCall,
    updateCall,
    createTicket,
    // Notes are for the company alone: CRM has no word to a customer.
    appendToTicket: async ({ type, id }, { text, key }, ask) => {
      const mark = markOf(key);
      const at = path`/crm/v8/${type}/${id}/Notes`;
      if (ask.mayExist) {
        const query = { fields: 'Note_Content', per_page: 100 };
        const found = await markedIn({ what: 'list notes', path: at, query }, mark, ask);
        if (!found.ok || found.value !== null) return found.ok ? success(null) : found;
      }
      const record = { Note_Title: 'Ringside', Note_Content: `${text}\n${mark}` };
      const made = await write({ what: 'create note', method: 'POST', path: at }, record, ask);
      return made.ok ? success(null) : made;
    },
    dispositions: async (ask) => {
      const asked = {
        what: 'list fields',
        method: 'GET',
        path: `${root}/settings/fields`,
      } as const;
      const answer = await http.request(
        { ...asked, query: { module: 'Calls' } },
        fieldsSchema,
        ask,
      );
      if (!answer.ok) return answer;
      const results = answer.value.body.fields.find(({ api_name: name }) => name === 'Call_Result');
      return success(
        (results?.pick_list_values ?? []).map(({ actual_value: id, display_value: label }) => ({
          id,
          label,
        })),
      );
    },
  };
};

/** All of several lists; a module that the account may not read has nothing to say, unless that is so of all. */
const joined = <Value>(all: readonly Outcome<readonly Value[]>[]): Outcome<readonly Value[]> => {
  const refusals = all.filter((each) => !each.ok);
  const serious = refusals.find(({ why }) => why.kind !== 'forbidden');
  if (serious !== undefined) return serious;
  const [first] = refusals;
  if (first !== undefined && refusals.length === all.length) return first;
  return success(all.flatMap((each) => (each.ok ? each.value : [])));
};
