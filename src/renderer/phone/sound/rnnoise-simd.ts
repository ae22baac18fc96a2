import { wasm, type Code } from './wasm-code.ts';
import { beginningWith, hashOf, withChangedFunction, type Bytes } from './wasm-program.ts';

/**
 * Nine tenths of what RNNoise costs is one function, which multiplies matrices, and the package's build of it (since
 * 2025.1, see its CHANGES.md) takes number by number. This puts the same sums before it, eight or sixteen numbers at a time.
 * Programs in which that very function is not found are left as they are.
 */

/** `compute_linear` of @shiguredo/rnnoise-wasm 2025.1.5: its length in bytes, and what hashOf makes of it. */
export const known = { length: 4_520, hash: 3_149_715_100 } as const;

/** Offsets in RNNoise's struct LinearLayer, of 32 bit each (src/nnet.h). */
const layer = {
  bias: 0,
  weights: 8,
  floatWeights: 12,
  positions: 16,
  diagonal: 20,
  scale: 24,
  inputs: 28,
  outputs: 32,
} as const;

/** The function is handed these. */
const [theLayer, output, input] = [0, 1, 2];
const parameters = 3;
const types = { i32: 0x7f, v128: 0x7b } as const;

/** The stack pointer; the function itself takes so many bytes below it for the same numbers. */
const stackPointer = 0;
const scratchBytes = 2_048;

/** Of eight rows and four columns a byte each. */
const blockBytes = 32;

const { get, set, tee, i32, f32x4, i32x4, v128, branchIf } = wasm;

/** Numbers in turn, as the names of the values that are added. */
const counting = (first: number): (() => number) => {
  let next = first - 1;
  return () => (next += 1);
};

const advance = (local: number, by: number): Code => [
  ...[...get(local), ...i32.constant(by), ...i32.add],
  ...set(local),
];

const field = (offset: number): Code => [...get(theLayer), ...i32.load(offset)];

/** `output[i] += diagonal[i] * input[i]`, three times over the inputs: of recurrent layers. */
const addDiagonal = (names: {
  readonly inputs: number;
  readonly diagonal: number;
  readonly at: number;
  readonly third: number;
}): Code => {
  const { inputs, diagonal, at, third } = names;
  const into = (base: number): Code => [...get(base), ...get(third), ...i32.add];
  const inThird: Code = [
    ...into(output),
    ...[...into(output), ...v128.load(0)],
    ...[...into(diagonal), ...v128.load(0)],
    ...[...get(input), ...get(at), ...i32.add, ...v128.load(0)],
    ...[...f32x4.multiply, ...f32x4.add, ...v128.store(0)],
  ];
  const next: Code = [...get(third), ...get(inputs), ...i32.constant(2), ...i32.shiftLeft];
  const further: Code = [...next, ...i32.add, ...set(third)];
  return [
    ...wasm.block,
    ...[...field(layer.diagonal), ...tee(diagonal), ...i32.isZero, ...branchIf(0)],
    ...[...i32.constant(0), ...set(at)],
    ...wasm.loop,
    ...[...get(at), ...set(third), ...inThird, ...further, ...inThird, ...further, ...inThird],
    ...advance(at, 16),
    ...[...get(at), ...get(inputs), ...i32.constant(2), ...i32.shiftLeft],
    ...[...i32.isLess, ...branchIf(0)],
    ...wasm.end,
    ...wasm.end,
  ];
};

/** The whole of a layer whose weights are bytes; any other falls through to what follows. */
const layerOfBytes = (first: number): Code => {
  const name = counting(first);
  const weights = name();
  const positions = name();
  const bias = name();
  const scale = name();
  const inputs = name();
  const outputs = name();
  const rounded = name();
  const at = name();
  const left = name();
  const row = name();
  const diagonal = name();
  const third = name();
  const column = name();
  const sums = [name(), name(), name(), name()] as const;

  const unlessSet = (offset: number, into: number): Code => [
    ...[...field(offset), ...tee(into), ...i32.isZero, ...branchIf(0)],
  ];

  /** Inputs are between -1 and 1: as bytes, as the function itself rounds them. */
  const roundInputs: Code = [
    ...[...wasm.global(stackPointer), ...i32.constant(scratchBytes), ...i32.subtract],
    ...[...set(rounded), ...i32.constant(0), ...set(at)],
    ...wasm.loop,
    ...[...get(rounded), ...get(at), ...i32.add],
    ...[...get(input), ...get(at), ...i32.constant(2), ...i32.shiftLeft, ...i32.add],
    ...[...v128.load(0), ...f32x4.constant(127), ...f32x4.multiply],
    ...[...f32x4.constant(0.5), ...f32x4.add, ...f32x4.floor, ...f32x4.toIntegers],
    ...[...tee(column), ...get(column), ...v128.narrowTo16],
    ...[...tee(column), ...get(column), ...v128.narrowTo8, ...v128.storeFour(0)],
    ...advance(at, 4),
    ...[...get(at), ...get(inputs), ...i32.isLess, ...branchIf(0)],
    ...wasm.end,
  ];

  /** Eight rows by the four columns at the address that is on the stack. */
  const addBlock: Code = [
    ...[...v128.loadFourTimes(0), ...v128.widenBytes, ...set(column)],
    ...sums.flatMap((sum, two) => [
      ...[...get(weights), ...v128.loadBytes(8 * two), ...get(column), ...i32x4.dot],
      ...[...get(sum), ...i32x4.add, ...set(sum)],
    ]),
    ...advance(weights, blockBytes),
  ];
  const another = [...get(left), ...i32.constant(1), ...i32.subtract, ...tee(left), ...branchIf(0)];

  /** Only some columns of these rows have weights: how many, and which. */
  const someColumns: Code = [
    ...[...get(positions), ...i32.load(0), ...set(left), ...advance(positions, 4)],
    ...wasm.block,
    ...[...get(left), ...i32.isZero, ...branchIf(0)],
    ...wasm.loop,
    ...[...get(rounded), ...get(positions), ...i32.load(0), ...i32.add, ...addBlock],
    ...advance(positions, 4),
    ...another,
    ...wasm.end,
    ...wasm.end,
  ];
  const allColumns: Code = [
    ...[...i32.constant(0), ...set(at)],
    ...wasm.loop,
    ...[...get(rounded), ...get(at), ...i32.add, ...addBlock],
    ...advance(at, 4),
    ...[...get(at), ...get(inputs), ...i32.isLess, ...branchIf(0)],
    ...wasm.end,
  ];

  /** Four outputs: each sum has two rows of two halves. */
  const fourOutputs = (one: number, other: number, offset: number): Code => [
    ...[...get(output), ...get(row), ...i32.add],
    ...[...get(one), ...get(other), ...i32x4.shuffle([0, 2, 4, 6])],
    ...[...get(one), ...get(other), ...i32x4.shuffle([1, 3, 5, 7])],
    ...[...i32x4.add, ...f32x4.ofIntegers],
    ...[...get(scale), ...get(row), ...i32.add, ...v128.load(offset), ...f32x4.multiply],
    ...[...get(bias), ...get(row), ...i32.add, ...v128.load(offset), ...f32x4.add],
    ...v128.store(offset),
  ];

  const eightRows: Code = [
    ...sums.flatMap((sum) => [...i32x4.zero, ...set(sum)]),
    ...wasm.block,
    ...wasm.block,
    ...[...get(positions), ...i32.isZero, ...branchIf(0)],
    ...someColumns,
    ...[...i32.constant(1), ...branchIf(1)],
    ...wasm.end,
    ...allColumns,
    ...wasm.end,
    ...fourOutputs(sums[0], sums[1], 0),
    ...fourOutputs(sums[2], sums[3], 16),
  ];

  return [
    ...wasm.block,
    ...unlessSet(layer.weights, weights),
    ...[...field(layer.floatWeights), ...branchIf(0)],
    ...unlessSet(layer.bias, bias),
    ...unlessSet(layer.scale, scale),
    ...unlessSet(layer.inputs, inputs),
    ...unlessSet(layer.outputs, outputs),
    ...[...get(inputs), ...i32.constant(3), ...i32.and],
    ...[...get(outputs), ...i32.constant(7), ...i32.and, ...i32.or, ...branchIf(0)],
    ...roundInputs,
    ...[...field(layer.positions), ...set(positions), ...i32.constant(0), ...set(row)],
    ...wasm.loop,
    ...eightRows,
    ...advance(row, blockBytes),
    ...[...get(row), ...get(outputs), ...i32.constant(2), ...i32.shiftLeft],
    ...[...i32.isLess, ...branchIf(0)],
    ...wasm.end,
    ...addDiagonal({ inputs, diagonal, at, third }),
    ...wasm.return,
    ...wasm.end,
  ];
};

const addedValues = [
  { count: 12, type: types.i32 },
  { count: 5, type: types.v128 },
] as const;

/** The same program, faster; the program itself where that cannot be had. */
export const withFastLayers = (program: Bytes): Bytes => {
  const faster = withChangedFunction(program, (body) =>
    body.code.length === known.length && hashOf(body.code) === known.hash
      ? beginningWith(body, addedValues, layerOfBytes, parameters)
      : null,
  );
  // A processor without such instructions.
  return faster !== null && WebAssembly.validate(faster) ? faster : program;
};
