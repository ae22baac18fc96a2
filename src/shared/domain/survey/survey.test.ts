import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolvedOfKeys, scoreOfKeys } from './keys.ts';
import { linkTemplateProblem, linkVariables, surveyLink } from './link.ts';
import { surveyFigures, surveySumsOf, type ScoredAnswer, type SurveySums } from './scores.ts';
import { isScore, surveyKinds, surveyOutcome, type SurveyTerms } from './survey.ts';
import { surveyDecision, surveyDraw, type CallToSurvey } from './who-is-asked.ts';
import { surveyLanguages, surveyWordings, surveyWordingVersion } from './wordings.ts';

const dayMs = 86_400_000;
const now = 1_800_000_000_000;

const terms: SurveyTerms = {
  ...{ way: 'keypad', kind: 'csat', asksResolved: false },
  ...{ sharePercent: 50, restDays: 14, minimumSeconds: 30 },
};
/** Drawn at 25 of 100. */
const call: CallToSurvey = {
  ...{ contactId: '0193c2f0-0000-7000-8000-000040000000', direction: 'inbound' },
  ...{ talkedMs: 60_000, transferredOut: false, offered: null },
  ...{ askedLastAt: null, wasAsked: false },
};
const decide = (change: Partial<CallToSurvey>, given: SurveyTerms | null = terms) =>
  surveyDecision(given, { ...call, ...change }, { way: 'keypad', now });

test('who is asked after a call, and why not', () => {
  expect(decide({})).toEqual({ ask: true, why: 'share' });
  expect(decide({}, null)).toEqual({ ask: false, why: 'off' });
  expect(decide({}, { ...terms, way: 'link' })).toEqual({ ask: false, why: 'off' });
  for (const [change, why] of [
    [{ direction: 'outbound' }, 'not_inbound'],
    [{ talkedMs: null }, 'nobody_talked'],
    [{ transferredOut: true }, 'transferred_out'],
    [{ wasAsked: true }, 'already_asked'],
    [{ offered: false }, 'agent_declined'],
    [{ askedLastAt: now - 14 * dayMs + 1 }, 'asked_lately'],
    [{ talkedMs: 29_999 }, 'too_short'],
    [{ contactId: '0193c2f0-0000-7000-8000-000080000000' }, 'not_in_share'],
  ] as const) {
    expect(decide(change)).toEqual({ ask: false, why });
  }
  expect(decide({ askedLastAt: now - 14 * dayMs })).toEqual({ ask: true, why: 'share' });
});

test('what an agent offers goes beyond share and length, never beyond the rest or a transfer', () => {
  const offered = { offered: true, talkedMs: 1, contactId: 'ffffffff' } as const;
  expect(decide(offered)).toEqual({ ask: true, why: 'agent' });
  expect(decide(offered, { ...terms, sharePercent: 0 })).toEqual({ ask: true, why: 'agent' });
  expect(decide({ ...offered, askedLastAt: now - dayMs }).ask).toBe(false);
  expect(decide({ ...offered, transferredOut: true }).ask).toBe(false);
});

test('the draw is the same for the same contact, between 0 and 100, and a wider share keeps whom a smaller one had', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 99 }), (contactId, sharePercent) => {
      const draw = surveyDraw(contactId);
      expect(draw).toBe(surveyDraw(contactId.toUpperCase()));
      expect(draw >= 0 && draw < 100).toBe(true);
      const asks = (percent: number) =>
        decide({ contactId }, { ...terms, sharePercent: percent }).ask;
      expect(asks(100)).toBe(true);
      expect(asks(0)).toBe(false);
      if (asks(sharePercent)) expect(asks(sharePercent + 1)).toBe(true);
    }),
  );
  const drawn = Array.from({ length: 4_000 }, (_, index) =>
    surveyDraw(((index * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')),
  );
  const within = drawn.filter((draw) => draw < 30).length / drawn.length;
  expect(Math.abs(within - 0.3)).toBeLessThan(0.02);
});

test('keys are scores as telephones have them', () => {
  expect(['0', '1', '5', '6', '*', '10', '', '#'].map((keys) => scoreOfKeys('csat', keys))).toEqual(
    [null, 1, 5, null, null, null, null, null],
  );
  expect(['0', '9', '10', '*', '11', '1*'].map((keys) => scoreOfKeys('nps', keys))).toEqual([
    ...[0, 9, 10, 10, null, null],
  ]);
  expect(['1', '0', '2', ''].map(resolvedOfKeys)).toEqual([true, false, null, null]);
  fc.assert(
    fc.property(fc.constantFrom(...surveyKinds), fc.string(), (kind, keys) => {
      const score = scoreOfKeys(kind, keys);
      expect(score === null || isScore(kind, score)).toBe(true);
    }),
  );
});

test('half an answer is partial', () => {
  const asked = { asksResolved: true, score: null, resolved: null };
  expect(surveyOutcome(asked)).toBe('unanswered');
  expect(surveyOutcome({ ...asked, score: 3 })).toBe('partial');
  expect(surveyOutcome({ ...asked, resolved: true })).toBe('partial');
  expect(surveyOutcome({ ...asked, score: 3, resolved: false })).toBe('complete');
  expect(surveyOutcome({ ...asked, score: 3, asksResolved: false })).toBe('complete');
});

const none: SurveySums = {
  ...{ surveysAsked: 0, surveysAnswered: 0, csatAnswers: 0, csatPoints: 0, csatHigh: 0 },
  ...{ npsAnswers: 0, npsPromoters: 0, npsDetractors: 0, resolvedAnswers: 0, resolvedYes: 0 },
};
const added = (answers: readonly ScoredAnswer[]): SurveySums =>
  answers
    .map(surveySumsOf)
    .reduce(
      (all, one) =>
        Object.fromEntries(
          Object.entries(all).map(([name, value]) => [name, value + one[name as keyof SurveySums]]),
        ) as SurveySums,
      none,
    );

test('figures of ten answers, by hand', () => {
  const csat = [5, 5, 4, 2, null].map(
    (score) => ({ kind: 'csat', score, resolved: null }) as const,
  );
  expect(surveyFigures(added(csat))).toEqual({
    ...{ surveyRate: 0.8, csat: 4, csatHighShare: 0.75, nps: null, resolvedShare: null },
  });
  const nps = [10, 9, 8, 6, 0].map(
    (score, index) => ({ kind: 'nps', score, resolved: index < 3 }) as const,
  );
  expect(surveyFigures(added(nps))).toEqual({
    ...{ surveyRate: 1, csat: null, csatHighShare: null, nps: 0, resolvedShare: 0.6 },
  });
  expect(surveyFigures(none)).toEqual({
    ...{ surveyRate: null, csat: null, csatHighShare: null, nps: null, resolvedShare: null },
  });
});

const anAnswer: fc.Arbitrary<ScoredAnswer> = fc.constantFrom(...surveyKinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    score: fc.option(fc.integer(kind === 'csat' ? { min: 1, max: 5 } : { min: 0, max: 10 })),
    resolved: fc.option(fc.boolean()),
  }),
);

test('figures stay within their ranges whatever was answered', () => {
  fc.assert(
    fc.property(fc.array(anAnswer, { minLength: 1 }), (answers) => {
      const { surveyRate, csat, csatHighShare, nps, resolvedShare } = surveyFigures(added(answers));
      for (const share of [surveyRate, csatHighShare, resolvedShare]) {
        expect(share === null || (share >= 0 && share <= 1)).toBe(true);
      }
      expect(csat === null || (csat >= 1 && csat <= 5)).toBe(true);
      expect(nps === null || (nps >= -100 && nps <= 100)).toBe(true);
    }),
  );
});

test('a template is an https address whose variables are known', () => {
  const good = 'https://survey.example/s/{contact}?q={queue}&a={agent}&l={language}';
  expect(linkTemplateProblem(good)).toBeNull();
  for (const bad of [
    'http://survey.example/{contact}',
    'javascript:alert({contact})',
    'https://{queue}.example/{contact}',
    'https://user@survey.example/{contact}',
    'https:///{contact}',
    'https://survey.example/',
    'https://survey.example/{contact}/{number}',
    'https://survey.example/{contact}/}',
    'https://survey.example/{contact} x',
    `https://survey.example/{contact}${'x'.repeat(500)}`,
  ]) {
    expect(linkTemplateProblem(bad), bad).not.toBeNull();
  }
});

test('no value leads an address elsewhere, and each comes back as it was', () => {
  const template = 'https://survey.example/s?c={contact}&q={queue}&a={agent}&l={language}';
  // A lone surrogate is no text that could be sent.
  const value = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(value, value, value, value, (contact, queue, agent, language) => {
      const values = { contact, queue, agent, language };
      const link = surveyLink(template, values);
      const url = new URL(link.ok ? link.value : '');
      expect(url.host).toBe('survey.example');
      expect([...url.searchParams.values()]).toEqual(linkVariables.map((name) => values[name]));
    }),
  );
  expect(
    surveyLink('https://x.example/', { contact: '', queue: '', agent: '', language: '' }),
  ).toMatchObject({ ok: false });
});

test('the words of this version are those that the prompts were made of', () => {
  for (const language of surveyLanguages) {
    const folder = '../../../../resources/pbx/prompts/texts';
    const texts = readFileSync(new URL(`${folder}/${language}.txt`, import.meta.url), 'utf8');
    const textOf = (name: string) =>
      new RegExp(`^ringside-survey-${name}\\|(.*)$`, 'mu').exec(texts)?.[1];
    expect(
      surveyWordings.find(
        (each) => each.language === language && each.version === surveyWordingVersion,
      ),
    ).toMatchObject({ csat: textOf('csat'), nps: textOf('nps'), resolved: textOf('resolved') });
  }
});
