import type { BoardAgent } from '../../../../shared/api/board.ts';
import type { Risk } from '../../../../shared/domain/floor/attention.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';
import type { FloorWords } from './use-floor-words.ts';

const toneOf: Readonly<Record<Risk['level'], Tone>> = { 1: 'not-ready', 2: 'wrap-up', 3: 'danger' };

/** What wants attention, the worst first, in words. */
export const RiskTags = ({
  agent,
  risks,
  now,
  words,
}: {
  readonly agent: BoardAgent;
  readonly risks: readonly Risk[];
  readonly now: number;
  readonly words: FloorWords;
}) =>
  risks.map(({ kind, level, since }) => (
    <Tag key={`${kind} ${since}`} tone={toneOf[level]}>
      {kind === 'help' && typeof agent.help?.takenBy === 'string'
        ? words.helpTaken(agent.help.takenBy)
        : words.risk(kind, Math.max(0, now - since))}
    </Tag>
  ));
