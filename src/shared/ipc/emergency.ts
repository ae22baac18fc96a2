import { Type, type Static } from 'typebox';
import { placeAddressSchema } from '../api/emergency.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** Calls for help: where the agent is, and who else called. */

const nothing = Type.Null();
const maybeAddress = Type.Union([placeAddressSchema, nothing]);

/** Where the agent is, where the law of the centre's country asks for it. */
export const emergencyPlaceSchema = Type.Object({
  /** As confirmed for the network that this machine is in; null: the agent has to say. */
  confirmed: maybeAddress,
  /** The one that was confirmed last, wherever that was. */
  latest: maybeAddress,
  /** The agent does not want to be asked again in this network today. */
  later: Type.Boolean(),
});
export type EmergencyPlace = Immutable<Static<typeof emergencyPlaceSchema>>;

export const emergencyRequests = {
  'emergency.confirm': {
    payload: placeAddressSchema,
    answer: answerOf(nothing),
  },
  /** Not now. */
  'emergency.later': { payload: nothing, answer: answerOf(nothing) },
  /** A colleague's call for help was read. */
  'emergency.read': {
    payload: Type.Object(
      { callKey: Type.String({ minLength: 1, maxLength: 128 }) },
      { additionalProperties: false },
    ),
    answer: answerOf(nothing),
  },
} as const;
