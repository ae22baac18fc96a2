import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactQuality, PutScorecard, ScorePurpose } from '../../../../shared/api/quality.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { coachingDone, useCoachingWork } from '../../state/coaching-store.ts';
import { useView } from '../../state/view-store.ts';
import { CalibrationTable } from './CalibrationTable.tsx';
import { CoachingNotes } from './CoachingNotes.tsx';
import { NoteForm } from './NoteForm.tsx';
import { ScorecardView } from './ScorecardView.tsx';
import { ScoreForm } from './ScoreForm.tsx';
import styles from './Quality.module.css';
import { useContactNotes } from './use-contact-notes.ts';
import { useContactQuality } from './use-contact-quality.ts';

/** What was made of this contact; there is nothing of it where this user may see nothing. */
export const QualityPart = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const { quality, score, acknowledge } = useContactQuality(contactId);
  const noted = useContactNotes(contactId);
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  if (quality === null) return null;
  const { agents, cards } = quality;
  if (cards.length + agents.length + noted.notes.length === 0) return null;
  const notesFor = (ownerId: string) => (
    <CoachingNotes
      notes={noted.notes.filter(({ agent }) => agent.id === ownerId)}
      userId={me}
      onAcknowledge={noted.acknowledge}
      onRemove={(noteId) => void noted.remove(noteId)}
    />
  );
  const own = cards.filter((card) => !agents.some(({ id }) => id === card.agent.id));
  return (
    <section className={styles['part']} aria-labelledby="contact-quality">
      <h2 id="contact-quality" className={styles['heading']}>
        {t('quality.region')}
      </h2>
      {own.map((card) => (
        <ScorecardView
          key={card.id}
          card={card}
          forms={quality.forms}
          onAcknowledge={(reply) => acknowledge(card.id, reply)}
        />
      ))}
      {agents.some(({ id }) => id === me) ? null : notesFor(me)}
      {agents.map((agent, index) => (
        <AgentQuality
          key={agent.id}
          agent={agent}
          isFirst={index === 0}
          quality={quality}
          notes={notesFor(agent.id)}
          onScore={score}
          onNote={(noteId, text) => noted.write(agent.id, noteId, text)}
        />
      ))}
    </section>
  );
};

/** What scorers think of one agent's part. */
const AgentQuality = ({
  agent,
  isFirst,
  quality,
  notes,
  onScore,
  onNote,
}: {
  readonly agent: { readonly id: string; readonly name: string };
  /** Whom a key means that names nobody. */
  readonly isFirst: boolean;
  readonly quality: ContactQuality;
  readonly notes: ReactNode;
  readonly onScore: (card: PutScorecard) => Promise<boolean>;
  readonly onNote: (noteId: string, text: string) => Promise<boolean>;
}) => {
  const { t } = useTranslation();
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const [chosen, setChosen] = useState<ScorePurpose | 'note' | null>(null);
  const cards = quality.cards.filter((card) => card.agent.id === agent.id);
  const hidden = quality.hidden.find(({ agentId }) => agentId === agent.id);
  const review = cards.find(({ purpose }) => purpose === 'review');
  const mine = (purpose: ScorePurpose) =>
    cards.find((card) => card.purpose === purpose && card.scorer.id === me);
  const mayReview =
    quality.offered.length > 0 &&
    (review === undefined || (review.scorer.id === me && review.acknowledgedAt === null));
  const shown = useView(({ place }) => (place.kind === 'contact' ? place.contactId : null));
  const wanted = useCoachingWork(({ wanted: work }) =>
    work !== null &&
    work.contactId === shown &&
    (work.agentId === agent.id ||
      (isFirst && !quality.agents.some(({ id }) => id === work.agentId)))
      ? work.what
      : null,
  );
  useEffect(
    () => () => {
      if (shown !== null) coachingDone(shown);
    },
    [shown],
  );
  const begun = wanted === 'score' ? (mayReview ? 'review' : null) : wanted;
  const writing = chosen ?? begun;
  const done = (): void => {
    setChosen(null);
    if (shown !== null) coachingDone(shown);
  };
  return (
    <div className={styles['agent']}>
      {quality.agents.length > 1 ? <h3 className={styles['name']}>{agent.name}</h3> : null}
      {review === undefined ? (
        <p className={styles['none']}>{t('quality.notScored', { name: agent.name })}</p>
      ) : (
        <ScorecardView card={review} forms={quality.forms} onAcknowledge={null} />
      )}
      <CalibrationTable cards={cards} forms={quality.forms} />
      {notes}
      {hidden === undefined ? null : (
        <p className={styles['none']}>{t('quality.hidden', { count: hidden.count })}</p>
      )}
      {writing === null ? (
        <div className={styles['buttons']}>
          <ActionButton
            label={t('coaching.writeNote')}
            chord={chords.coachingNote}
            color="brand"
            onClick={() => {
              setChosen('note');
            }}
          />
          {mayReview ? (
            <ActionButton
              label={t(review === undefined ? 'quality.score' : 'quality.change')}
              chord={chords.scoreContact}
              color="brand"
              onClick={() => {
                setChosen('review');
              }}
            />
          ) : null}
          {quality.offered.length > 0 ? (
            <ActionButton
              label={t(mine('calibration') === undefined ? 'quality.calibrate' : 'quality.again')}
              onClick={() => {
                setChosen('calibration');
              }}
            />
          ) : (
            <p className={styles['none']}>{t('quality.noForms')}</p>
          )}
        </div>
      ) : writing === 'note' ? (
        <NoteForm agent={agent} onWrite={onNote} onDone={done} />
      ) : (
        <ScoreForm
          key={writing}
          agent={agent}
          purpose={writing}
          quality={quality}
          before={mine(writing) ?? null}
          onScore={onScore}
          onDone={done}
        />
      )}
    </div>
  );
};
