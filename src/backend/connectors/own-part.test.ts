import { describe, expect, it } from 'vitest';
import { hasMark } from './call-text.ts';
import { fittedPart, othersLength, ownMarksOf, withOwnPart } from './own-part.ts';

const marks = ownMarksOf('7');
const part = (text: string): string => `${marks.begin}\n${text}\n${marks.end}`;

describe('our part of a text', () => {
  it('is all of a text that was empty', () => {
    expect(withOwnPart(' ', marks, part('one'))).toBe(part('one'));
  });

  it('takes the place of what it was, and nothing else', () => {
    const text = `Before ${part('one')} after [Ringside 8] [/Ringside 8]`;
    expect(withOwnPart(text, marks, part('two'))).toBe(
      `Before ${part('two')} after [Ringside 8] [/Ringside 8]`,
    );
    expect(othersLength(text, marks)).toBe(text.length - part('one').length);
  });

  it.each([
    ['no part', 'Theirs'],
    ['one that lost its end', `Theirs ${marks.begin} more`],
    ['one that lost its beginning', `Theirs ${marks.end} more`],
  ])('comes after a text with %s', (_, text) => {
    expect(withOwnPart(text, marks, part('one'), '\n\n')).toBe(`${text}\n\n${part('one')}`);
    expect(othersLength(text, marks)).toBe(text.length);
  });

  it('is found again after a broken one', () => {
    const text = withOwnPart(`${marks.begin} theirs`, marks, part('one'), '\n');
    expect(withOwnPart(text, marks, part('two'))).toBe(`${marks.begin} theirs\n${part('two')}`);
  });

  it('is cut before its end mark', () => {
    const cut = fittedPart(part('x'.repeat(500)), marks, 100);
    expect(cut.length).toBe(100);
    expect(cut.endsWith(`…\n${marks.end}`)).toBe(true);
    expect(fittedPart(part('short'), marks, 100)).toBe(part('short'));
  });
});

describe('a mark', () => {
  it.each([
    ['Ringside 7', true],
    ['<p>Ringside 7</p>', true],
    ['Ringside 7/1 and Ringside 7.', true],
    ['Ringside 7/1', false],
    ['Ringside 71', false],
    ['Ringside 7-1', false],
    ['', false],
    [null, false],
  ])('is looked for as a whole in %s', (text, isThere) => {
    expect(hasMark(text, 'Ringside 7')).toBe(isThere);
  });
});
