import { scryptSync } from 'node:crypto';
import type { Role } from '../../src/shared/api/records.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { insertCustomer } from '../../src/backend/modules/directory/customer-repository.ts';
import { searchTextOf } from '../../src/backend/modules/directory/search-text.ts';

/** A small contact centre for tests. Everybody's password is the same and cheap to check. */
export const password = 'right horse battery';

const salt = Buffer.alloc(16, 7);
const cheapHash = [
  'scrypt',
  2,
  1,
  1,
  salt.toString('base64'),
  scryptSync(password, salt, 32, { N: 2, r: 1, p: 1 }).toString('base64'),
].join('$');

export type Person = {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly extension: string;
  readonly queues: readonly string[];
};

const personId = (count: number): string => `00000000-0000-7000-8000-00000000000${String(count)}`;

export const people = {
  alice: {
    id: personId(1),
    username: 'alice',
    role: 'agent',
    extension: '1001',
    queues: ['support', 'sales'],
  },
  bruno: {
    id: personId(2),
    username: 'bruno',
    role: 'agent',
    extension: '1002',
    queues: ['support'],
  },
  sofia: { id: personId(3), username: 'sofia', role: 'supervisor', extension: '1010', queues: [] },
  admin: {
    id: personId(4),
    username: 'admin',
    role: 'administrator',
    extension: '1020',
    queues: [],
  },
} as const satisfies Record<string, Person>;

export type CustomerGiven = {
  readonly id: string;
  readonly name: string;
  readonly company?: string;
  readonly numbers: readonly string[];
};

const customerId = (count: number): string => `00000000-0000-7000-9000-00000000000${String(count)}`;

export const customers = {
  nora: { id: customerId(1), name: 'Nora Whitfield', numbers: ['+13035550123'] },
  eleanor: { id: customerId(2), name: 'Eleanor Whitby', numbers: ['+442079460120'] },
  jasper: { id: customerId(3), name: 'Jasper Rowe', numbers: ['+442079460120'] },
  jose: {
    id: customerId(4),
    name: 'José Núñez',
    company: 'Café 100%_único',
    numbers: ['+5491150000044', '+34600000123'],
  },
} as const satisfies Record<string, CustomerGiven>;

export const addCustomer = async (database: Database, given: CustomerGiven): Promise<void> => {
  const { id, name, company = '', numbers } = given;
  await insertCustomer(database, {
    id,
    name,
    company,
    email: '',
    city: '',
    country: '',
    language: 'en',
    tags: [],
    notes: '',
    since: 0,
    searchText: searchTextOf({ name, company, email: '', city: '' }),
    numbers,
  });
};

const label = (text: string) => ({ en: text, es: text, pt: text });

export const makeCentre = async (database: Database): Promise<void> => {
  for (const [position, name] of ['support', 'sales'].entries()) {
    await database.query(
      'INSERT INTO queues (name, label, position, target_handle_ms) VALUES ($1, $2, $3, 240000)',
      [name, label(name), position],
    );
  }
  await database.query(
    `INSERT INTO not_ready_reasons (code, label, position) VALUES ('lunch', $1, 0)`,
    [label('Lunch')],
  );
  await database.query(
    `INSERT INTO wrap_up_codes (code, label, queue, position) VALUES ('resolved', $1, null, 0)`,
    [label('Resolved')],
  );
  for (const person of Object.values<Person>(people)) {
    await database.query(
      `INSERT INTO users (id, username, name, role, extension, password_hash)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        person.id,
        person.username,
        `The ${person.username}`,
        person.role,
        person.extension,
        cheapHash,
      ],
    );
    for (const queue of person.queues) {
      await database.query('INSERT INTO queue_agents (queue, user_id) VALUES ($1, $2)', [
        queue,
        person.id,
      ]);
    }
  }
  for (const customer of Object.values<CustomerGiven>(customers)) {
    await addCustomer(database, customer);
  }
};
