import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import type { Ask } from '../../connectors/ask.ts';
import type { Person } from '../../connectors/connector.ts';
import type { Outcome } from '../../connectors/failure.ts';
import type { LiveConnection } from '../connections/connections.ts';

/** Who has a number, remembered for a while: a caller who is put through or calls back is not looked up again. */
export type PeopleCache = {
  readonly find: (
    connection: LiveConnection,
    forms: PhoneForms,
    ask: Ask,
  ) => Promise<Outcome<readonly Person[]>>;
  readonly forget: (connectionId: string, forms: PhoneForms) => void;
};

const foundForMs = 10 * 60_000;
/** Somebody may just be making the record. */
const nobodyForMs = 60_000;
const mostKept = 5_000;

type Kept = { readonly until: number; readonly people: readonly Person[] };

/** `monotonicMs`: a clock that is never set. */
export const createPeopleCache = (monotonicMs: () => number): PeopleCache => {
  const kept = new Map<string, Kept>();
  const keyOf = (connectionId: string, forms: PhoneForms): string =>
    `${connectionId} ${forms.e164 ?? forms.digits}`;

  return {
    find: async (connection, forms, ask) => {
      const key = keyOf(connection.id, forms);
      const known = kept.get(key);
      if (known !== undefined && known.until > monotonicMs()) {
        return { ok: true, value: known.people };
      }
      const { findByPhone } = connection.now;
      if (findByPhone === undefined) return { ok: true, value: [] };
      const found = connection.told(await findByPhone(forms, ask));
      if (!found.ok) return found;
      kept.delete(key);
      const lastsMs = found.value.length > 0 ? foundForMs : nobodyForMs;
      kept.set(key, { until: monotonicMs() + lastsMs, people: found.value });
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return found;
    },
    forget: (connectionId, forms) => {
      kept.delete(keyOf(connectionId, forms));
    },
  };
};
