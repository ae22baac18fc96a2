-- Teams, reasons that say who may use them and for how long, and a record of what supervisors do.

CREATE TABLE teams (
  name     text PRIMARY KEY,
  label    jsonb NOT NULL,
  position integer NOT NULL
);

-- null: of no team.
ALTER TABLE users ADD COLUMN team text REFERENCES teams;
CREATE INDEX users_team ON users (team);

ALTER TABLE not_ready_reasons
  ADD COLUMN paid boolean NOT NULL DEFAULT true,
  -- null: as long as it takes.
  ADD COLUMN maximum_minutes integer CHECK (maximum_minutes > 0),
  -- Who may use it; both empty: everybody.
  ADD COLUMN roles text[] NOT NULL DEFAULT '{}',
  ADD COLUMN teams text[] NOT NULL DEFAULT '{}';

ALTER TABLE sessions DROP CONSTRAINT sessions_ended_why_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_ended_why_check CHECK (ended_why IN
  ('signed_in_elsewhere', 'signed_out', 'expired', 'renewed', 'by_supervisor'));

-- A call to the agent's own mailbox: nobody was spoken with, so it owes no wrap-up and counts for nothing.
ALTER TABLE legs ADD COLUMN is_mailbox boolean NOT NULL DEFAULT false;
ALTER TABLE agent_calls ADD COLUMN is_mailbox boolean NOT NULL DEFAULT false;

-- What people did to others' work. Lines are added and never changed.
CREATE TABLE audit_log (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      bigint NOT NULL,
  actor   uuid NOT NULL REFERENCES users,
  action  text NOT NULL,
  -- The user whom it was done to; null: nobody in particular.
  subject uuid REFERENCES users,
  details jsonb NOT NULL
);
CREATE INDEX audit_log_subject ON audit_log (subject, at);
CREATE INDEX audit_log_actor ON audit_log (actor, at);

CREATE FUNCTION audit_log_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only ever added to';
END $$;
CREATE TRIGGER audit_log_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_final();

-- Backends that serve desks now, and whose desks are connected to each: one backend must not take an agent for gone who
-- is connected to another. `alive_until` is epoch ms of the database's own clock.
CREATE TABLE backends (
  id          uuid PRIMARY KEY,
  alive_until bigint NOT NULL
);
CREATE TABLE desk_lines (
  backend uuid NOT NULL REFERENCES backends ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (backend, user_id)
);
CREATE INDEX desk_lines_user ON desk_lines (user_id);
