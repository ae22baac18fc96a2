import { Type } from 'typebox';
import {
  directoryTokensSchema,
  importColumnsSchema,
  importLookSchema,
  importResultSchema,
  madeTokenSchema,
  makeTokenSchema,
} from '../api/directory.ts';
import { refusalReasons } from '../domain/customer/import-columns.ts';
import { answerOf } from './answer.ts';

/** UI -> main: what an administrator does about the own directory. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const columnsOnly = Type.Object({ columns: importColumnsSchema }, strict);
const word = Type.String({ maxLength: 200 });

export const chosenFileSchema = Type.Object({
  name: Type.String(),
  /** null: it is larger than a file may be. */
  look: Type.Union([importLookSchema, nothing]),
});

export const directoryRequests = {
  /** By the system's dialog; null: none. */
  'directory.choose': {
    payload: nothing,
    answer: answerOf(Type.Union([chosenFileSchema, nothing])),
  },
  /** Of the file that was chosen last. */
  'directory.check': { payload: columnsOnly, answer: answerOf(importResultSchema) },
  'directory.import': { payload: columnsOnly, answer: answerOf(importResultSchema) },
  /** The refused lines of the last answer as a file, in the user's words. Where it was written; null: nowhere. */
  'directory.saveRefusals': {
    payload: Type.Object(
      {
        header: Type.Array(word, { minItems: 3, maxItems: 3 }),
        reasons: Type.Record(Type.Enum([...refusalReasons]), word),
      },
      strict,
    ),
    answer: answerOf(Type.Union([Type.String(), nothing])),
  },
  'directory.tokens': { payload: nothing, answer: answerOf(directoryTokensSchema) },
  'directory.makeToken': { payload: makeTokenSchema, answer: answerOf(madeTokenSchema) },
  'directory.revokeToken': {
    payload: Type.Object({ tokenId: Type.String({ format: 'uuid' }) }, strict),
    answer: answerOf(nothing),
  },
} as const;
