import { createHash } from 'node:crypto';
import type { DirectoryRecord, PatchRecord, PutRecord } from '../../../shared/api/directory.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { OtherSystem } from '../../plugins/access.ts';
import { refused, type Answer, type Refused } from '../../problem.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Keeping } from '../keeping/keeping.ts';
import { eraseCustomer } from '../privacy/erase-report.ts';
import {
  findLiveCallKeys,
  findRecord,
  listRecords,
  lockDirectory,
  storeRecords,
  type RecordKey,
} from './record-repository.ts';
import { textReaders } from './record-text.ts';
import { plainText } from './search-text.ts';

/** What must hold for a change (RFC 9110 §13.1); null: the request does not say. */
export type Condition = { readonly match: string | null; readonly noneMatch: string | null };

export type RecordQuery = {
  readonly number: string;
  readonly search: string;
  readonly after: string | null;
  readonly limit: number;
};

/** Customers as other systems read and write them, each by that system's own id or by ours. */
export type DirectoryRecords = {
  readonly list: (
    query: RecordQuery,
  ) => Promise<
    Answer<{ readonly customers: readonly DirectoryRecord[]; readonly next: string | null }>
  >;
  readonly read: (key: RecordKey) => Promise<Answer<DirectoryRecord>>;
  readonly put: (
    system: OtherSystem,
    externalId: string,
    given: PutRecord,
    condition: Condition,
  ) => Promise<Answer<{ readonly record: DirectoryRecord; readonly isNew: boolean }>>;
  readonly patch: (
    system: OtherSystem,
    key: RecordKey,
    given: PatchRecord,
    condition: Condition,
  ) => Promise<Answer<DirectoryRecord>>;
  readonly erase: (
    system: OtherSystem,
    key: RecordKey,
    condition: Condition,
  ) => Promise<Answer<null>>;
};

type Needs = {
  readonly database: Database;
  readonly keeping: Pick<Keeping, 'remove'>;
  readonly now: Now;
  readonly mintId: MintId;
  readonly country: string;
  readonly onChanged: (customerIds: readonly string[]) => Promise<void>;
  readonly onGone: (callKeys: readonly string[]) => Promise<void>;
};

/** Of what the record says, so that it tells any change, whoever made it. */
export const tagOf = (record: DirectoryRecord): string =>
  `"${createHash('sha256').update(canonicalJson(record)).digest('base64url').slice(0, 27)}"`;

const noRecord = refused('not_found', 'there is no customer with this id');
const taken = refused('conflict', 'another customer has this external id');
const changedMeanwhile = refused('changed_meanwhile', 'the customer is not as the condition says');

const names = (header: string, record: DirectoryRecord): boolean =>
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim() === tagOf(record));

const isMet = ({ match, noneMatch }: Condition, record: DirectoryRecord | null): boolean =>
  (match === null || (record !== null && names(match, record))) &&
  (noneMatch === null || record === null || !names(noneMatch, record));

export const createDirectoryRecords = (needs: Needs): DirectoryRecords => {
  const { database, keeping, now, mintId, country, onChanged, onGone } = needs;
  const readers = textReaders(country);
  const isShowable = (externalId: string): boolean => readers.id(externalId) === externalId;

  const numbersOf = (given: readonly string[]): Result<readonly string[], Refused> => {
    const numbers = new Set<string>();
    for (const [at, text] of given.entries()) {
      const number = readers.number(text);
      if (number === null)
        return refused('invalid', `body/numbers/${String(at)} is no phone number`);
      numbers.add(number);
    }
    return success([...numbers]);
  };

  const countryOf = (numbers: readonly string[]): string =>
    numbers
      .map((number) => parsePhoneNumber(number, country)?.country ?? '')
      .find((found) => found !== '') ?? '';

  /** The record with what is given; the rest as it was. */
  const changed = (
    before: DirectoryRecord,
    given: PatchRecord,
  ): Result<DirectoryRecord, Refused> => {
    const numbers = numbersOf(given.numbers ?? before.numbers);
    if (!numbers.ok) return numbers;
    const name = readers.line(given.name ?? before.name);
    if (name === '') return refused('invalid', 'body/name holds nothing that can be shown');
    const email = readers.line(given.email ?? before.email);
    if (email !== '' && !/^[^\s@]+@[^\s@]+$/u.test(email)) {
      return refused('invalid', 'body/email is no e-mail address');
    }
    return success({
      ...{ id: before.id, since: before.since, name, email },
      externalId: given.externalId ?? before.externalId,
      company: readers.line(given.company ?? before.company),
      city: readers.line(given.city ?? before.city),
      country: given.country ?? (before.country || countryOf(numbers.value)),
      language: readers.line(given.language ?? before.language),
      tags: (given.tags ?? before.tags).map(readers.line).filter((tag) => tag !== ''),
      notes: readers.block(given.notes ?? before.notes),
      numbers: numbers.value,
    });
  };

  const store = async (
    transaction: Transaction,
    { tokenId, madeBy: actor }: OtherSystem,
    before: DirectoryRecord | null,
    after: DirectoryRecord,
  ): Promise<void> => {
    if (before !== null && tagOf(before) === tagOf(after)) return;
    await storeRecords(transaction, [after]);
    const action = before === null ? 'directory_customer_made' : 'directory_customer_changed';
    await appendAudit(transaction, {
      ...{ at: now(), actor, action, subject: null },
      details: { tokenId, customerId: after.id },
    });
  };

  const blank = (externalId: string): DirectoryRecord => ({
    ...{ id: mintId(), externalId, name: '', company: '', email: '', city: '', country: '' },
    ...{ language: '', tags: [], notes: '', numbers: [], since: now() },
  });

  const change = async (
    system: OtherSystem,
    key: RecordKey,
    condition: Condition,
    make: (before: DirectoryRecord | null) => Result<DirectoryRecord, Refused>,
  ): Promise<Answer<{ readonly record: DirectoryRecord; readonly isNew: boolean }>> => {
    const done = await database.transaction(async (transaction) => {
      await lockDirectory(transaction);
      const before = await findRecord(transaction, key);
      if (!isMet(condition, before)) return changedMeanwhile;
      const after = make(before);
      if (!after.ok) return after;
      const { id, externalId } = after.value;
      const holder = await findRecord(transaction, { externalId });
      if (holder !== null && holder.id !== id) return taken;
      await store(transaction, system, before, after.value);
      return success({ record: after.value, isNew: before === null });
    });
    if (done.ok) await onChanged([done.value.record.id]);
    return done;
  };

  return {
    list: async ({ number: asked, search, after, limit }) => {
      const number = asked === '' ? '' : readers.number(asked);
      if (number === null) return refused('invalid', 'query/number is no phone number');
      const words = plainText(search)
        .split(' ')
        .filter((word) => word !== '')
        .slice(0, 8);
      const found = await listRecords(database, { number, words, after, limit: limit + 1 });
      const customers = found.slice(0, limit);
      return success({
        customers,
        next: found.length > limit ? (customers.at(-1)?.id ?? null) : null,
      });
    },
    read: async (key) => {
      const record = await findRecord(database, key);
      return record === null ? noRecord : success(record);
    },
    put: (system, externalId, given, condition) => {
      if (!isShowable(externalId)) {
        return Promise.resolve(refused('invalid', 'params/externalId cannot be shown as it is'));
      }
      return change(system, { externalId }, condition, (before) => {
        const base = blank(externalId);
        return changed(
          before === null ? base : { ...base, id: before.id, since: before.since },
          given,
        );
      });
    },
    patch: async (system, key, given, condition) => {
      if (given.externalId !== undefined && !isShowable(given.externalId)) {
        return refused('invalid', 'body/externalId cannot be shown as it is');
      }
      const done = await change(system, key, condition, (before) =>
        before === null ? failure(noRecord.why) : changed(before, given),
      );
      return done.ok ? success(done.value.record) : done;
    },
    erase: async ({ tokenId, madeBy: actor }, key, condition) => {
      const record = await findRecord(database, key);
      if (record === null) return noRecord;
      if (!isMet(condition, record)) return changedMeanwhile;
      const callKeys = await findLiveCallKeys(database, [record.id]);
      const erased = await eraseCustomer({ database, keeping }, record.id, now());
      if (!erased.ok) return refused('conflict', erased.why.message);
      await database.transaction((transaction) =>
        appendAudit(transaction, {
          ...{ at: now(), actor, action: 'directory_customer_erased', subject: null },
          details: { tokenId, customerId: record.id, contacts: erased.value.contactIds.length },
        }),
      );
      await onGone(callKeys);
      return success(null);
    },
  };
};
