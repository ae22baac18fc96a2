import { Type, type TSchema } from 'typebox';

/** Pieces of vendors' answers: they leave fields out, or send null, as they like. */
export const maybe = <Schema extends TSchema>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

/** An id that is a number here and a text there. */
export const idSchema = Type.Union([Type.String({ minLength: 1 }), Type.Integer()]);

/** Epoch ms of a vendor's time; 0 where it cannot be read. */
export const timeOf = (text: string | null | undefined): number => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? 0 : at;
};

/** The texts of those that are there and not blank. */
export const present = (texts: readonly (string | null | undefined)[]): readonly string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
