import { expect, test } from 'vitest';
import { checkSurveySignature, signatureWindowMs, surveySignature } from './survey-signature.ts';

const key = Buffer.alloc(32, 7);
const body = Buffer.from('{"score":4}');
const now = 1_800_000_000_000;
const timestamp = String(now / 1_000);
const signature = surveySignature(key, timestamp, body);

test('what the key signed just now is taken', () => {
  expect(checkSurveySignature(key, { timestamp, signature, body }, now)).toMatchObject({
    ok: true,
  });
  for (const at of [now - signatureWindowMs, now + signatureWindowMs]) {
    expect(checkSurveySignature(key, { timestamp, signature, body }, at).ok).toBe(true);
  }
});

test('another key, body or time, and an old or coming one, are refused in words of their own', () => {
  const whyNot = (change: object, at = now, by = key) => {
    const checked = checkSurveySignature(by, { timestamp, signature, body, ...change }, at);
    return checked.ok ? '' : checked.why;
  };
  expect(whyNot({}, now, Buffer.alloc(32, 8))).toContain('does not fit');
  expect(whyNot({ body: Buffer.from('{"score":5}') })).toContain('does not fit');
  expect(whyNot({ timestamp: String(now / 1_000 + 1) })).toContain('does not fit');
  expect(whyNot({}, now + signatureWindowMs + 1)).toContain('not of now');
  expect(whyNot({}, now - signatureWindowMs - 1)).toContain('not of now');
  expect(whyNot({ timestamp: 'soon' })).toContain('Timestamp');
  expect(whyNot({ signature: 'sha256=00' })).toContain('Signature');
  expect(whyNot({ signature: '' })).toContain('Signature');
});
