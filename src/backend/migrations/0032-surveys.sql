-- What customers think of their calls: asked by the phone system after the call, or by a page of the company's.

-- As the file of the centre has it; null: nobody is asked.
ALTER TABLE queues ADD COLUMN survey jsonb;

-- One line for each contact whose customer was asked. Scores and ids alone: no number, no name, no word. Where a customer
-- is erased the figure stays, since it leads to nobody any more.
CREATE TABLE survey_answers (
  contact_id      uuid PRIMARY KEY REFERENCES contacts ON DELETE CASCADE,
  queue           text NOT NULL,
  -- Who had the customer last.
  agent_id        uuid REFERENCES users ON DELETE SET NULL,
  way             text NOT NULL CHECK (way IN ('keypad', 'link')),
  kind            text NOT NULL CHECK (kind IN ('csat', 'nps')),
  asks_resolved   boolean NOT NULL,
  -- Why this customer: by the share of the queue, or because the agent offered it.
  why             text NOT NULL CHECK (why IN ('share', 'agent')),
  language        text NOT NULL,
  -- Of the words that were played; empty: by a page.
  wording_version text NOT NULL,
  asked_at        bigint NOT NULL,
  -- null: not answered.
  score           smallint,
  resolved        boolean,
  answered_at     bigint,
  CHECK (score BETWEEN CASE kind WHEN 'csat' THEN 1 ELSE 0 END AND CASE kind WHEN 'csat' THEN 5 ELSE 10 END),
  CHECK ((answered_at IS NULL) = (score IS NULL AND resolved IS NULL))
);
CREATE INDEX survey_answers_asked ON survey_answers (asked_at);
CREATE INDEX survey_answers_agent ON survey_answers (agent_id, asked_at);

-- What an agent said of a call that goes on: its customer is to be asked, or is not to be.
CREATE TABLE survey_offers (
  contact_id uuid PRIMARY KEY REFERENCES contacts ON DELETE CASCADE,
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  offered    boolean NOT NULL,
  at         bigint NOT NULL
);

-- Reports: one survey, in the quarter of an hour in which it was asked, however late it is answered.
DO $$
DECLARE
  rollups text;
BEGIN
  ALTER TABLE report_deltas
    ADD COLUMN surveys_asked bigint NOT NULL DEFAULT 0, ADD COLUMN surveys_answered bigint NOT NULL DEFAULT 0,
    ADD COLUMN csat_answers bigint NOT NULL DEFAULT 0, ADD COLUMN csat_points bigint NOT NULL DEFAULT 0,
    ADD COLUMN csat_high bigint NOT NULL DEFAULT 0, ADD COLUMN nps_answers bigint NOT NULL DEFAULT 0,
    ADD COLUMN nps_promoters bigint NOT NULL DEFAULT 0, ADD COLUMN nps_detractors bigint NOT NULL DEFAULT 0,
    ADD COLUMN resolved_answers bigint NOT NULL DEFAULT 0, ADD COLUMN resolved_yes bigint NOT NULL DEFAULT 0;
  FOREACH rollups IN ARRAY ARRAY['report_rollups', 'report_queue_rollups'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN surveys_asked bigint, ADD COLUMN surveys_answered bigint,
      ADD COLUMN csat_answers bigint, ADD COLUMN csat_points bigint, ADD COLUMN csat_high bigint,
      ADD COLUMN nps_answers bigint, ADD COLUMN nps_promoters bigint, ADD COLUMN nps_detractors bigint,
      ADD COLUMN resolved_answers bigint, ADD COLUMN resolved_yes bigint', rollups);
  END LOOP;
END $$;

CREATE FUNCTION report_of_survey(s survey_answers) RETURNS TABLE (
  bucket bigint, agent_id uuid, queue text,
  surveys_asked bigint, surveys_answered bigint, csat_answers bigint, csat_points bigint, csat_high bigint,
  nps_answers bigint, nps_promoters bigint, nps_detractors bigint, resolved_answers bigint, resolved_yes bigint
) LANGUAGE sql STABLE AS $$
  SELECT s.asked_at - s.asked_at % 900000, coalesce(s.agent_id, '00000000-0000-0000-0000-000000000000'::uuid), s.queue,
    1, (s.answered_at IS NOT NULL)::int,
    (s.kind = 'csat' AND s.score IS NOT NULL)::int, CASE WHEN s.kind = 'csat' THEN coalesce(s.score, 0) ELSE 0 END,
    (s.kind = 'csat' AND coalesce(s.score >= 4, false))::int,
    (s.kind = 'nps' AND s.score IS NOT NULL)::int, (s.kind = 'nps' AND coalesce(s.score >= 9, false))::int,
    (s.kind = 'nps' AND coalesce(s.score <= 6, false))::int,
    (s.resolved IS NOT NULL)::int, coalesce(s.resolved, false)::int
$$;

CREATE FUNCTION report_adds_surveys(changed survey_answers[], sign bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO report_deltas (bucket, agent_id, queue, surveys_asked, surveys_answered, csat_answers, csat_points, csat_high,
    nps_answers, nps_promoters, nps_detractors, resolved_answers, resolved_yes)
  SELECT d.bucket, d.agent_id, d.queue, sign * sum(d.surveys_asked), sign * sum(d.surveys_answered),
    sign * sum(d.csat_answers), sign * sum(d.csat_points), sign * sum(d.csat_high), sign * sum(d.nps_answers),
    sign * sum(d.nps_promoters), sign * sum(d.nps_detractors), sign * sum(d.resolved_answers), sign * sum(d.resolved_yes)
  FROM unnest(changed) AS s, LATERAL report_of_survey(ROW(s.*)::survey_answers) d
  GROUP BY d.bucket, d.agent_id, d.queue
$$;

CREATE FUNCTION report_follows_survey_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM report_adds_surveys(ARRAY[OLD], -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM report_adds_surveys(ARRAY[NEW], 1); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_change AFTER INSERT OR UPDATE OR DELETE ON survey_answers FOR EACH ROW
  EXECUTE FUNCTION report_follows_survey_answers();

-- Adds everything up anew, as before and the surveys as well.
ALTER FUNCTION report_rebuild() RENAME TO report_rebuild_without_surveys;
CREATE FUNCTION report_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM report_rebuild_without_surveys();
  PERFORM report_adds_surveys((SELECT array_agg(s) FROM survey_answers s), 1);
END $$;
