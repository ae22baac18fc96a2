-- Whose fault bad calls were, and what that rests on beside the desks' own account (line_summaries).

-- What the exchange counted of a leg when it was over. A call may have several on either side, one after another.
CREATE TABLE leg_counts (
  id        uuid PRIMARY KEY,
  call_key  text NOT NULL,
  -- Of the agent; empty: the customer's.
  extension text NOT NULL,
  at        bigint NOT NULL,
  is_bad    boolean NOT NULL,
  -- JSON, as counted.
  counts    text NOT NULL
);
CREATE INDEX leg_counts_call ON leg_counts (call_key);
CREATE INDEX leg_counts_at ON leg_counts (at);

-- One line for each summary: the latest of a call counts. It can be judged anew from what is kept.
CREATE TABLE line_verdicts (
  call_id   uuid NOT NULL,
  agent_id  uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_key  text NOT NULL,
  began_at  bigint NOT NULL,
  ended_at  bigint NOT NULL,
  -- The way between desk and exchange, as the desk heard it.
  is_bad    boolean NOT NULL,
  verdict   text NOT NULL,
  reason    text,
  -- JSON: what others did at that time, as it was judged by.
  compared  text NOT NULL,
  PRIMARY KEY (call_id, agent_id)
);
CREATE INDEX line_verdicts_agent ON line_verdicts (agent_id, ended_at);
CREATE INDEX line_verdicts_ended ON line_verdicts (ended_at);
CREATE INDEX line_verdicts_call ON line_verdicts (call_key);
