import { Type, type Static } from 'typebox';
import { lineWords } from '../domain/line-quality/line-quality.ts';
import type { Immutable } from '../immutable.ts';

/** How well a call is heard at an agent's desk. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const percent = Type.Number({ minimum: 0, maximum: 100 });
const milliseconds = Type.Number({ minimum: 0, maximum: 600_000 });
const mos = Type.Number({ minimum: 1, maximum: 5 });
const seconds = Type.Integer({ minimum: 0, maximum: 1_000_000 });

export const lineWordSchema = Type.Enum([...lineWords]);

/** PUT /agent/line-quality: told as the word changes; null: no call is looked at. */
export const putLineQualitySchema = Type.Object(
  { quality: nullable(lineWordSchema) },
  { additionalProperties: false },
);

/** The last second. */
export const lineFiguresSchema = Type.Object({
  roundTripMs: nullable(milliseconds),
  jitterMs: milliseconds,
  lossPercent: percent,
  concealedPercent: percent,
  sentLossPercent: nullable(percent),
  mos,
});

export const lineSummaryShape = {
  seconds,
  fairSeconds: seconds,
  badSeconds: seconds,
  mosMean: mos,
  mosLowest: mos,
  roundTripMs: nullable(milliseconds),
  jitterMs: milliseconds,
  lossPercent: percent,
  concealedPercent: percent,
  sentLossPercent: nullable(percent),
};

/** A whole call of one agent. */
export const lineSummarySchema = Type.Object(lineSummaryShape);

export type LineSummaryView = Immutable<Static<typeof lineSummarySchema>>;
