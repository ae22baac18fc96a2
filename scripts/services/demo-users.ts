import { Problem } from '../platform/problem.ts';

export type DemoUser = {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly password: string;
  readonly extension: string;
};

const isDemoUser = (value: unknown): value is DemoUser =>
  typeof value === 'object' &&
  value !== null &&
  ['username', 'name', 'role', 'password'].every(
    (key) => typeof Reflect.get(value, key) === 'string',
  );

/** The people of the demo, as its sign-in screen shows them. */
export const fetchDemoUsers = async (backendUrl: string): Promise<readonly DemoUser[]> => {
  const response = await fetch(`${backendUrl}/api/v1/demo`, {
    signal: AbortSignal.timeout(10_000),
  });
  const body: unknown = response.ok ? await response.json() : undefined;
  const users: unknown =
    typeof body === 'object' && body !== null && 'users' in body ? body.users : undefined;
  if (Array.isArray(users) && users.every(isDemoUser)) return users;
  throw new Problem(`The backend does not tell who the demo's people are (${response.status}).`);
};
