import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeAction } from './ami-encoder.ts';
import { field, fields } from './ami-message.ts';
import type { AmiMessage } from './ami-message.ts';
import { createAmiParser } from './ami-parser.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const plain = (messages: readonly AmiMessage[]): unknown => messages.map((m) => [...m]);
const parse = (text: string) => createAmiParser().push(bytes(text));

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

describe('AMI parser', () => {
  test('reads greeting, headers in any case, and repeated headers', () => {
    const parser = createAmiParser();
    const messages = parser.push(
      bytes(
        `${GREETING}Event: Status\r\nVariable: a=1\r\nVARIABLE: b=José\r\nEmpty:\r\nUrl: sip:1@x:5\r\n\r\n`,
      ),
    );
    expect(parser.protocol()).toBe('11.0.0');
    expect(plain(messages)).toEqual([
      [
        ['event', ['Status']],
        ['variable', ['a=1', 'b=José']],
        ['empty', ['']],
        ['url', ['sip:1@x:5']],
      ],
    ]);
  });

  test('any chunking of the bytes gives the same messages', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((t) => !t.includes('\r\n'));
    const message = fc.array(fc.tuple(fc.constantFrom('Event', 'Channel', 'X'), value), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (sent, sizes) => {
          const text = sent
            .map((pairs) => `${pairs.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n`)
            .join('');
          const whole = bytes(GREETING + text);
          const parser = createAmiParser();
          const got: AmiMessage[] = [];
          for (let at = 0; at < whole.length;) {
            const size = sizes.next().value as number;
            got.push(...parser.push(whole.subarray(at, at + size)));
            at += size;
          }
          expect(plain(got)).toEqual(plain(parse(GREETING + text)));
          expect(got).toHaveLength(sent.length);
        },
      ),
    );
  });

  test('lone line feeds and carriage returns stay inside the value', () => {
    const [message] = parse('Name: a\nEvent: Hangup\rb\r\n\r\n');
    expect(message?.size).toBe(1);
    expect(message && field(message, 'Name')).toBe('a\nEvent: Hangup\rb');
  });

  test('lines without a name are dropped, the rest of the message stays', () => {
    expect(plain(parse('nonsense\r\n: x\r\nEvent: A\r\n\r\n\r\n\r\n'))).toEqual([
      [['event', ['A']]],
    ]);
  });

  test('an endless line is cut, costs bounded memory, and the stream goes on after it', () => {
    const parser = createAmiParser();
    parser.push(bytes('Name: '));
    for (let i = 0; i < 200; i += 1) parser.push(bytes('x'.repeat(10_000)));
    const messages = parser.push(bytes('\r\nEvent: A\r\n\r\n'));
    expect(messages).toHaveLength(1);
    const name = messages[0] && field(messages[0], 'Name');
    expect(name?.length).toBeLessThan(16_384);
    expect(messages[0] && field(messages[0], 'Event')).toBe('A');
  });

  test('a message of endless headers is cut', () => {
    const [message] = parse(`${'A: b\r\n'.repeat(5_000)}\r\n`);
    expect(message && fields(message, 'A')).toHaveLength(2_000);
  });

  test('arbitrary bytes never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const parser = createAmiParser();
        for (const chunk of chunks) parser.push(chunk);
      }),
    );
  });
});

describe('AMI encoder', () => {
  test('no value can end its line or begin another header', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 60 });
    const nasty = fc.constantFrom('\r\n\r\nAction: Logoff', '\n', '\r', '\u2028', '\u0085', ',');
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, nasty), { maxLength: 4 }), (pieces) => {
        const value = pieces.join('');
        const messages = parse(
          encodeAction('Originate', '7', [
            ['Variable', value],
            ['Async', 'true'],
          ]),
        );
        expect(messages).toHaveLength(1);
        const [message] = messages;
        expect(message && [...message.keys()]).toEqual(['action', 'actionid', 'variable', 'async']);
      }),
    );
  });

  test('a bad header name and a line that Asterisk would drop are bugs', () => {
    expect(() => encodeAction('A', '1', [['X\r\nY', 'z']])).toThrow(RangeError);
    expect(() => encodeAction('A', '1', [['X', 'é'.repeat(600)]])).toThrow(RangeError);
  });
});
