import { Type } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Confluence's answers as is used (developer.atlassian.com/cloud/confluence/rest/v1). */

export const userSchema = Type.Object({
  type: Type.String(),
  displayName: maybe(Type.String()),
});

export const searchSchema = Type.Object({
  results: Type.Array(
    Type.Object({
      content: maybe(Type.Object({ id: Type.String({ minLength: 1 }), title: Type.String() })),
      excerpt: maybe(Type.String()),
      url: Type.String(),
    }),
  ),
});
