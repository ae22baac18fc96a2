import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { PseudoRandom } from './pseudo-random.ts';
import { seedCodes, type SeedCode } from './seed-centre.ts';
import { textsIn } from './seed-texts.ts';

/** A contact of the past, told by the same facts that a live one leaves behind. */
export type SeedContact = {
  readonly id: string;
  readonly callKey: string;
  readonly callId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly queue: string | null;
  readonly facts: readonly LedgerFact[];
};

type Given = {
  readonly number: string;
  readonly name: string;
  readonly language: string;
  readonly queues: readonly string[];
  readonly startedAt: number;
  readonly mintId: () => string;
  readonly random: PseudoRandom;
};

const second = 1_000;
const minute = 60 * second;

const codeFor = (queue: string | null, random: PseudoRandom): SeedCode =>
  random.pick(
    seedCodes.filter(
      ({ queue: only, code }) =>
        (only === null || only === queue) && code !== 'wrong_number' && code !== 'no_contact',
    ),
  ).code;

/** Some milliseconds on top, or every figure would end in three zeros. */
const lasting = (random: PseudoRandom, least: number, most: number): number =>
  random.between(least, most) + random.between(1, 999);

export const seedContact = (given: Given): SeedContact => {
  const { number, name, language, queues, startedAt, mintId, random } = given;
  const isInbound = random.next() < 0.85;
  const queue = isInbound ? random.pick(queues) : null;
  const code = codeFor(queue ?? random.pick(queues), random);
  const [id, callKey, callId] = [mintId(), mintId(), mintId()];
  const facts: LedgerFact[] = [];
  let at = startedAt;
  const fact = () => ({ id: mintId(), callId, callKey, at });
  facts.push(
    isInbound
      ? { kind: 'offered', ...fact(), queue, remoteNumber: number, remoteName: name }
      : { kind: 'dialed', ...fact(), remoteNumber: number },
  );
  at += lasting(random, 2 * second, 11 * second);
  facts.push({ kind: 'answered', ...fact() });
  at += lasting(random, 40 * second, 4 * minute);
  for (let holds = random.pick([0, 0, 0, 1, 1, 2]); holds > 0; holds -= 1) {
    facts.push({ kind: 'held', ...fact() });
    at += lasting(random, 12 * second, 80 * second);
    facts.push({ kind: 'resumed', ...fact() });
    at += lasting(random, 20 * second, 3 * minute);
  }
  const side = random.pick(['local', 'remote', 'remote'] as const);
  facts.push({ kind: 'ended', ...fact(), side, outcome: 'completed', sipCode: null, cause: 16 });
  at += lasting(random, 8 * second, 75 * second);
  const notes = random.pick(textsIn(language).notes[code]);
  facts.push({ kind: 'wrap_up_completed', ...fact(), code, notes });
  return { id, callKey, callId, direction: isInbound ? 'inbound' : 'outbound', queue, facts };
};
