import { Type, type Static } from 'typebox';
import { proofFiguresSchema } from '../api/line-quality.ts';
import { hindranceCauses } from '../domain/readiness/hindrance.ts';
import type { Immutable } from '../immutable.ts';

/** What main has the phone engine prove, and what comes of it. */

const nothing = Type.Null();
const round = Type.String({ format: 'uuid' });

/** What only the engine can prove. */
export const engineProofs = ['registration', 'microphone', 'ringer', 'media_path'] as const;
export type EngineProof = (typeof engineProofs)[number];
const proof = Type.Enum([...engineProofs]);

/** main -> engine. */
export const proveOrderSchema = Type.Object({
  round,
  proofs: Type.Array(proof, { minItems: 1, maxItems: engineProofs.length }),
});

/** engine -> main: one for each proof of the round, as it comes. */
export const provedSchema = Type.Object({
  round,
  proof,
  word: Type.Union([
    Type.Literal('holds'),
    Type.Literal('fails'),
    /** Nothing was proven: a call came, or the line was busy. */
    Type.Literal('unknown'),
    /** Nobody here can prove it. */
    Type.Literal('unprovable'),
  ]),
  /** Of what failed. */
  cause: Type.Union([Type.Enum([...hindranceCauses]), nothing]),
  /** For the log. */
  why: Type.Union([Type.String({ maxLength: 64 }), nothing]),
  /** Of a media path that carried sound. */
  path: Type.Optional(proofFiguresSchema),
});

export type ProveOrder = Immutable<Static<typeof proveOrderSchema>>;
export type Proved = Immutable<Static<typeof provedSchema>>;
