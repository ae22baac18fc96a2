import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ImportLook } from '../../../../shared/api/directory.ts';

/** A file of customers as rows, whatever program wrote it (RFC 4180 and what spreadsheets make of it). */

export type Encoding = ImportLook['encoding'];
export type Delimiter = ImportLook['delimiter'];

/** `line`: where it begins in the file, from 1. */
export type Row = { readonly cells: readonly string[]; readonly line: number };

/** The file cannot be read further than this; `message` says where and why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

const beginsWith = (bytes: Buffer, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Every second byte is zero where Latin text is in UTF-16; text of one byte a letter has none. */
const utf16Of = (bytes: Buffer): Encoding | null => {
  const start = bytes.subarray(0, 1_024);
  const zeros = (odd: 0 | 1): number =>
    start.filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  return zeros(0) > start.length / 4 ? 'utf-16be' : null;
};

/** A letter that is cut in two at the end of a part is no sign of another encoding. */
const isUtf8Part = (bytes: Buffer): boolean =>
  [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, Math.max(0, bytes.length - cut))));

/** By its mark (Unicode §23.8), else by what its bytes can be; what is nothing else is Windows-1252. */
export const encodingOf = (bytes: Buffer): Encoding => {
  if (beginsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (beginsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (beginsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return utf16Of(bytes) ?? (isUtf8Part(bytes) ? 'utf-8' : 'windows-1252');
};

/** Small enough that nobody else waits for a part to be read. */
const partBytes = 64 * 1024;

/** The text in parts, with one character for each line break: the parser would count two as two lines. */
function* textParts(bytes: Buffer, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for (let from = 0; from < bytes.length; from += partBytes) {
    const text = held + decoder.decode(bytes.subarray(from, from + partBytes), { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    const part = text.slice(0, text.length - held.length).replace(/\r\n?/gu, '\n');
    if (part !== '') yield part;
  }
  const rest = (held + decoder.decode()).replace(/\r\n?/gu, '\n');
  if (rest !== '') yield rest;
}

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** Whichever separates most in the first line, outside of quotes. */
export const delimiterOf = (text: string): Delimiter => {
  const [header = ''] = text
    .trimStart()
    .replace(/"[^"]*"/gu, '')
    .split('\n', 1);
  const countOf = (delimiter: Delimiter): number => header.split(delimiter).length;
  return delimiters.reduce((best, each) => (countOf(each) > countOf(best) ? each : best));
};

export type ReadFile = {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly rows: () => AsyncIterable<Row>;
};

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

async function* rowsOf(bytes: Buffer, encoding: Encoding, delimiter: Delimiter) {
  const parser = Readable.from(textParts(bytes, encoding)).pipe(
    parse({
      ...{ bom: true, delimiter, info: true, max_record_size: 64 * 1024 },
      ...{ relax_column_count: true, relax_quotes: true },
      skip_empty_lines: true,
    }),
  );
  try {
    // The parser is told to add where each record stands, which its types do not follow.
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      yield { cells: record, line: info.lines - lineBreaks(record) } satisfies Row;
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(error.message);
    throw error;
  }
}

export const openCsv = (bytes: Buffer): ReadFile => {
  const encoding = encodingOf(bytes);
  const [start = ''] = textParts(bytes.subarray(0, partBytes), encoding);
  const delimiter = delimiterOf(start);
  return { encoding, delimiter, rows: () => rowsOf(bytes, encoding, delimiter) };
};
