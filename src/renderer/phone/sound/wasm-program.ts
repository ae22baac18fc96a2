import { unsigned, type Code } from './wasm-code.ts';

/** A program of WebAssembly taken apart as far as one of its functions can be changed (Core Specification 2.0 §5.5). */

export type Bytes = Uint8Array<ArrayBuffer>;

/** What a function has of its own, and what it does. */
type Body = {
  /** As written, behind their count. */
  readonly locals: { readonly groups: number; readonly values: number; readonly bytes: Bytes };
  readonly code: Bytes;
};

const codeSection = 10;
const headerBytes = 8;

type Read = { readonly value: number; readonly next: number };

const readUnsigned = (bytes: Bytes, from: number): Read => {
  let [value, next, scale] = [0, from, 1];
  for (;;) {
    const byte = bytes[next];
    if (byte === undefined) throw new Error('the program ends within a number');
    value += (byte % 128) * scale;
    scale *= 128;
    next += 1;
    if (byte < 128) return { value, next };
  }
};

const bodyOf = (bytes: Bytes): Body => {
  const groups = readUnsigned(bytes, 0);
  let [next, values] = [groups.next, 0];
  for (let group = 0; group < groups.value; group += 1) {
    const count = readUnsigned(bytes, next);
    values += count.value;
    next = count.next + 1; // its type
  }
  return {
    locals: { groups: groups.value, values, bytes: bytes.subarray(groups.next, next) },
    code: bytes.subarray(next),
  };
};

const joined = (parts: readonly (Bytes | Code)[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const sized = (part: Bytes): Bytes => joined([unsigned(part.length), part]);

const bytesOf = ({ locals, code }: Body): Bytes =>
  joined([unsigned(locals.groups), locals.bytes, code]);

/** The first function that `change` makes something of is changed. null: there is none. */
export const withChangedFunction = (
  program: Bytes,
  change: (body: Body) => Body | null,
): Bytes | null => {
  for (let at = headerBytes; at < program.length;) {
    const length = readUnsigned(program, at + 1);
    const end = length.next + length.value;
    if (program[at] === codeSection) {
      const functions = readUnsigned(program, length.next);
      for (let next = functions.next; next < end;) {
        const size = readUnsigned(program, next);
        const after = size.next + size.value;
        const changed = change(bodyOf(program.subarray(size.next, after)));
        if (changed !== null) {
          const section = joined([
            program.subarray(length.next, next),
            sized(bytesOf(changed)),
            program.subarray(after, end),
          ]);
          return joined([program.subarray(0, at + 1), sized(section), program.subarray(end)]);
        }
        next = after;
      }
    }
    at = end;
  }
  return null;
};

/** With values of further types, and with instructions before its own. */
export const beginningWith = (
  body: Body,
  added: readonly { readonly count: number; readonly type: number }[],
  code: (firstAdded: number) => Code,
  parameters: number,
): Body => ({
  locals: {
    groups: body.locals.groups + added.length,
    values: body.locals.values + added.reduce((sum, { count }) => sum + count, 0),
    bytes: joined([
      body.locals.bytes,
      added.flatMap(({ count, type }) => [...unsigned(count), type]),
    ]),
  },
  code: joined([code(parameters + body.locals.values), body.code]),
});

/** FNV-1a of 32 bit: the same bytes again. */
export const hashOf = (bytes: Bytes): number => {
  let hash = 0x81_1c_9d_c5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01_00_01_93) >>> 0;
  return hash;
};
