/** Instructions of WebAssembly as bytes, as many as are needed here (WebAssembly Core Specification 2.0 §5.4). */

export type Code = readonly number[];

const continues = 0x80;

/** A whole number as the format writes it: seven bits at a time, the lowest first (LEB128, without a sign). */
export const unsigned = (value: number): Code =>
  value < continues
    ? [value]
    : [(value % continues) + continues, ...unsigned(Math.floor(value / continues))];

/** The same with a sign in the last byte's seventh bit. */
const signed = (value: number): Code => {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
  return isLast ? [low] : [low + continues, ...signed(rest)];
};

const f32Bytes = (value: number): Code => [...new Uint8Array(Float32Array.of(value).buffer)];

/** An instruction of the 128-bit kind. */
const wide = (opcode: number, ...operands: readonly number[]): Code => [
  0xfd,
  ...unsigned(opcode),
  ...operands,
];

/** Nothing is promised of how an address is aligned. */
const at = (offset: number): Code => [0, ...unsigned(offset)];
const noResult = 0x40;

export const wasm = {
  block: [0x02, noResult],
  loop: [0x03, noResult],
  end: [0x0b],
  /** By how many blocks outwards. */
  branchIf: (depth: number): Code => [0x0d, ...unsigned(depth)],
  return: [0x0f],
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  global: (index: number): Code => [0x23, ...unsigned(index)],
  i32: {
    constant: (value: number): Code => [0x41, ...signed(value)],
    load: (offset: number): Code => [0x28, ...at(offset)],
    isZero: [0x45],
    isLess: [0x49],
    add: [0x6a],
    subtract: [0x6b],
    and: [0x71],
    or: [0x72],
    shiftLeft: [0x74],
  },
  f32x4: {
    constant: (value: number): Code =>
      wide(0x0c, ...Array.from({ length: 4 }, () => f32Bytes(value)).flat()),
    floor: wide(0x68),
    add: wide(0xe4),
    multiply: wide(0xe6),
    toIntegers: wide(0xf8),
    ofIntegers: wide(0xfa),
  },
  i32x4: {
    zero: wide(0x0c, ...new Uint8Array(16)),
    add: wide(0xae),
    /** Products of eight pairs, neighbours added. */
    dot: wide(0xba),
    /** Four lanes of eight: the first four are those of the lower operand. */
    shuffle: (lanes: readonly [number, number, number, number]): Code =>
      wide(0x0d, ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3])),
  },
  v128: {
    load: (offset: number): Code => wide(0x00, ...at(offset)),
    store: (offset: number): Code => wide(0x0b, ...at(offset)),
    /** Eight bytes with a sign, as eight of 16 bit. */
    loadBytes: (offset: number): Code => wide(0x01, ...at(offset)),
    /** Four bytes, four times. */
    loadFourTimes: (offset: number): Code => wide(0x09, ...at(offset)),
    /** The lowest four bytes. */
    storeFour: (offset: number): Code => wide(0x5a, ...at(offset), 0),
    /** Of the lower half's bytes with a sign, 16 bit each. */
    widenBytes: wide(0x87),
    narrowTo16: wide(0x85),
    narrowTo8: wide(0x65),
  },
} as const;
