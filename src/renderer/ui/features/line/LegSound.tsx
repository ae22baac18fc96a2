import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallNotesView } from '../../../../shared/api/call-notes.ts';
import type { JudgedView, LineSummaryView } from '../../../../shared/api/line-quality.ts';
import { notedSeconds } from '../../../../shared/domain/line-quality/call-notes.ts';
import type { DeskSound } from '../../../../shared/domain/line-quality/desk-sound.ts';
import type { LegCount } from '../../../../shared/domain/line-quality/verdict.ts';
import { reasonOfHindrance } from '../../../../shared/domain/readiness/hindrance.ts';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';

type Words = {
  readonly t: TFunction;
  readonly number: (value: number) => string;
  readonly clock: (at: number) => string;
};

const join = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' · ');

const verdictText = ({ verdict, reason, otherDesks, otherCustomers }: JudgedView, { t }: Words) => {
  const others = reason?.includes('customer') === true ? otherCustomers : otherDesks;
  return join([
    t(`verdict.name.${verdict}`),
    reason === null ? null : t(`verdict.why.${reason}`, { count: others.count, bad: others.bad }),
  ]);
};

const deskText = (desk: DeskSound, { t, number }: Words): string =>
  join([
    desk.microphoneDbfs === null
      ? null
      : t('verdict.desk.microphone', { db: number(desk.microphoneDbfs) }),
    desk.heardDbfs === null ? null : t('verdict.desk.heard', { db: number(desk.heardDbfs) }),
    desk.lateSeconds === 0
      ? null
      : t('verdict.desk.late', { time: durationText(desk.lateSeconds * 1_000) }),
    (desk.glitchedPercent ?? 0) < 0.1
      ? null
      : t('verdict.desk.glitched', { percent: number(desk.glitchedPercent ?? 0) }),
    desk.path === null ? null : t(`verdict.path.${desk.path.local}`),
    desk.path?.network ? t(`verdict.network.${desk.path.network}`) : null,
  ]);

const share = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

const legText = (leg: LegCount, { t, number }: Words): string =>
  join([
    t('verdict.leg.from', { percent: number(share(leg.lost, leg.lost + leg.received)) }),
    leg.sentLost === null
      ? null
      : t('verdict.leg.to', { percent: number(share(leg.sentLost, leg.sent)) }),
    leg.jitterMs === null ? null : t('verdict.leg.jitter', { value: number(leg.jitterMs) }),
  ]);

type Proof = NonNullable<JudgedView['proofs']>[number];

const proofFound = ({ cause, path }: Proof, { t, number }: Words): string | null => {
  if (cause !== null) return t(`agent.reason.${reasonOfHindrance(cause)}`);
  if (path === null) return null;
  const { lossPercent, sentLossPercent, jitterMs, roundTripMs } = path;
  return [
    t('verdict.proof.in', { percent: number(lossPercent) }),
    sentLossPercent === null ? null : t('verdict.proof.out', { percent: number(sentLossPercent) }),
    roundTripMs === null ? null : t('verdict.proof.delay', { value: number(roundTripMs) }),
    t('verdict.proof.jitter', { value: number(jitterMs) }),
  ]
    .filter((part) => part !== null)
    .join(', ');
};

const proofsText = (proofs: readonly Proof[], words: Words): string =>
  join(
    proofs.map((proof) => {
      const found = proofFound(proof, words);
      const time = durationText(proof.ageMs);
      return found === null ? null : words.t(`verdict.proof.${proof.when}`, { time, found });
    }),
  );

const notesText = (notes: CallNotesView, { t, number, clock }: Words): string =>
  join([
    ...notes.devicesLost.map(({ at, device, name, replacedBy }) =>
      replacedBy === null
        ? t(`verdict.note.${device}Gone`, { time: clock(at), name })
        : t(`verdict.note.${device}Replaced`, { time: clock(at), name, by: replacedBy }),
    ),
    ...notes.loud.map(({ at, peakDbfs, byKey }) =>
      t(byKey ? 'verdict.note.loudByKey' : 'verdict.note.loud', {
        time: clock(at),
        db: number(peakDbfs),
      }),
    ),
    ...notedSeconds
      .filter((what) => notes.seconds[what] >= 1)
      .map((what) =>
        t(`verdict.note.${what}`, { time: durationText(notes.seconds[what] * 1_000) }),
      ),
  ]);

/** Whose fault a call was, and everything that was counted of its sound. */
export const LegSound = ({ line }: { readonly line: LineSummaryView }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const words: Words = {
    t,
    number: (value) => decimal.format(value),
    clock: (at) => moment.format(at),
  };
  const { judged, desk, notes } = line;
  const rows: readonly (readonly [label: string, text: string])[] = [
    ...(judged === undefined ? [] : [[t('verdict.title'), verdictText(judged, words)] as const]),
    ...(desk === undefined ? [] : [[t('verdict.desk.title'), deskText(desk, words)] as const]),
    ...(judged?.agentLeg
      ? [[t('verdict.leg.agent'), legText(judged.agentLeg, words)] as const]
      : []),
    ...(judged?.customerLeg
      ? [[t('verdict.leg.customer'), legText(judged.customerLeg, words)] as const]
      : []),
    ...(judged?.proofs === undefined
      ? []
      : [[t('verdict.proof.title'), proofsText(judged.proofs, words)] as const]),
    ...(notes === undefined ? [] : [[t('verdict.note.title'), notesText(notes, words)] as const]),
  ];
  return rows
    .filter(([, text]) => text !== '')
    .map(([label, text]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{text}</dd>
      </div>
    ));
};
