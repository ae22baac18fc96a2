import { Type, type Static } from 'typebox';
import { hindranceCauses } from '../domain/readiness/hindrance.ts';
import type { Immutable } from '../immutable.ts';

/** PUT /agent/readiness: all that the desk knows, each time. */
export const putReadinessSchema = Type.Object(
  {
    /** Rises with each word of a session; an older one changes nothing. */
    revision: Type.Integer({ minimum: 1 }),
    hindrance: Type.Union([Type.Enum([...hindranceCauses]), Type.Null()]),
  },
  { additionalProperties: false },
);
export type PutReadiness = Immutable<Static<typeof putReadinessSchema>>;
