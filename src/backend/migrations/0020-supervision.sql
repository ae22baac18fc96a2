-- Supervisors on calls: who joined which one, in which modes, and what its agents were told of it.

-- May listen without being seen by the agent.
ALTER TABLE users ADD COLUMN may_listen_covertly boolean NOT NULL DEFAULT false;

CREATE TABLE supervision_joins (
  id            uuid PRIMARY KEY,
  supervisor_id uuid NOT NULL REFERENCES users,
  call_key      text NOT NULL,
  contact_id    uuid REFERENCES contacts,
  queue         text,
  -- Every agent who had the customer meanwhile, the first one first.
  agent_ids     uuid[] NOT NULL CHECK (cardinality(agent_ids) > 0),
  covert        boolean NOT NULL,
  agent_sees    text NOT NULL CHECK (agent_sees IN ('always', 'afterwards', 'never')),
  started_at    bigint NOT NULL,
  -- When the supervisor first heard the call; null: never.
  heard_at      bigint,
  -- [{mode, at}] as the PBX confirmed them.
  modes         jsonb NOT NULL DEFAULT '[]',
  -- Whispered or barged at any time.
  spoke         boolean NOT NULL DEFAULT false,
  ended_at      bigint,
  why           text
);
-- One at a time.
CREATE UNIQUE INDEX supervision_joins_open ON supervision_joins (supervisor_id) WHERE ended_at IS NULL;
CREATE INDEX supervision_joins_contact ON supervision_joins (contact_id);
CREATE INDEX supervision_joins_started ON supervision_joins (started_at DESC, id);
CREATE INDEX supervision_joins_agents ON supervision_joins USING gin (agent_ids);
