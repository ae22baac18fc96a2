import type { RepeatedAsk } from '../../../src/backend/connectors/ask.ts';
import type { Connection, Escalation, Logged } from '../../../src/backend/connectors/connector.ts';
import type { Outcome } from '../../../src/backend/connectors/failure.ts';
import { able } from './open-fake.ts';

export const anEscalation = (more: Partial<Escalation> = {}): Escalation => ({
  subject: 'Outage',
  body: 'Since nine',
  links: [{ title: 'The call', url: 'https://ringside.example/contacts/1' }],
  key: crypto.randomUUID(),
  ...more,
});

/** Of a connection that escalates. */
export const escalated = (
  connection: Connection,
  escalation: Escalation,
  ask: RepeatedAsk,
): Promise<Outcome<Logged>> => able(connection, 'escalate')(escalation, ask);
