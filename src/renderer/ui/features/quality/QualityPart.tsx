import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactQuality, PutScorecard, ScorePurpose } from '../../../../shared/api/quality.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { CalibrationTable } from './CalibrationTable.tsx';
import { ScorecardView } from './ScorecardView.tsx';
import { ScoreForm } from './ScoreForm.tsx';
import styles from './Quality.module.css';
import { useContactQuality } from './use-contact-quality.ts';

/** What was made of this contact; there is nothing of it where this user may see nothing. */
export const QualityPart = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const { quality, score, acknowledge } = useContactQuality(contactId);
  if (quality === null || (quality.cards.length === 0 && quality.agents.length === 0)) return null;
  const { agents, cards } = quality;
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
      {agents.map((agent) => (
        <AgentQuality key={agent.id} agent={agent} quality={quality} onScore={score} />
      ))}
    </section>
  );
};

/** What scorers think of one agent's part. */
const AgentQuality = ({
  agent,
  quality,
  onScore,
}: {
  readonly agent: { readonly id: string; readonly name: string };
  readonly quality: ContactQuality;
  readonly onScore: (card: PutScorecard) => Promise<boolean>;
}) => {
  const { t } = useTranslation();
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const [scoring, setScoring] = useState<ScorePurpose | null>(null);
  const cards = quality.cards.filter((card) => card.agent.id === agent.id);
  const hidden = quality.hidden.find(({ agentId }) => agentId === agent.id);
  const review = cards.find(({ purpose }) => purpose === 'review');
  const mine = (purpose: ScorePurpose) =>
    cards.find((card) => card.purpose === purpose && card.scorer.id === me);
  const mayReview =
    quality.offered.length > 0 &&
    (review === undefined || (review.scorer.id === me && review.acknowledgedAt === null));
  return (
    <div className={styles['agent']}>
      {quality.agents.length > 1 ? <h3 className={styles['name']}>{agent.name}</h3> : null}
      {review === undefined ? (
        <p className={styles['none']}>{t('quality.notScored', { name: agent.name })}</p>
      ) : (
        <ScorecardView card={review} forms={quality.forms} onAcknowledge={null} />
      )}
      <CalibrationTable cards={cards} forms={quality.forms} />
      {hidden === undefined ? null : (
        <p className={styles['none']}>{t('quality.hidden', { count: hidden.count })}</p>
      )}
      {scoring === null ? (
        <div className={styles['buttons']}>
          {mayReview ? (
            <ActionButton
              label={t(review === undefined ? 'quality.score' : 'quality.change')}
              color="brand"
              onClick={() => {
                setScoring('review');
              }}
            />
          ) : null}
          {quality.offered.length > 0 ? (
            <ActionButton
              label={t(mine('calibration') === undefined ? 'quality.calibrate' : 'quality.again')}
              onClick={() => {
                setScoring('calibration');
              }}
            />
          ) : (
            <p className={styles['none']}>{t('quality.noForms')}</p>
          )}
        </div>
      ) : (
        <ScoreForm
          key={scoring}
          agent={agent}
          purpose={scoring}
          quality={quality}
          before={mine(scoring) ?? null}
          onScore={onScore}
          onDone={() => {
            setScoring(null);
          }}
        />
      )}
    </div>
  );
};
