-- Scripts, pieces of text for notes, and how customers are verified.

-- Scripts and policies as they were given; what says something else is a new version, and paths and attempts name theirs.
CREATE TABLE guidance_items (
  kind     text NOT NULL CHECK (kind IN ('script', 'verification')),
  code     text NOT NULL,
  version  integer NOT NULL CHECK (version > 0),
  -- As the domain has it, without code and version.
  content  jsonb NOT NULL,
  position integer NOT NULL,
  made_at  bigint NOT NULL,
  PRIMARY KEY (kind, code, version)
);

ALTER TABLE queues
  -- Codes of guidance_items; null: none.
  ADD COLUMN script text,
  ADD COLUMN verification text;

-- What agents pressed, as their desks' journals told it. It counts where its agent has a part in the call.
CREATE TABLE guidance_facts (
  -- Of the desk's journal: told again, it is the same.
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_key    text NOT NULL,
  -- Which attempt to verify it belongs to; null: a step of a script.
  attempt     uuid,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, kept as text: it is compared to the letter. Never what a customer said.
  fact        text NOT NULL
);
CREATE INDEX guidance_facts_call ON guidance_facts (call_key, at);
CREATE INDEX guidance_facts_attempt ON guidance_facts (attempt);

-- What the facts of an attempt come to.
CREATE TABLE verification_attempts (
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_key    text NOT NULL,
  customer_id uuid REFERENCES customers ON DELETE SET NULL,
  policy      text NOT NULL,
  version     integer NOT NULL,
  -- Of the policy: so many failed ones in a day are a warning.
  flag_after  integer NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('open', 'verified', 'failed')),
  began_at    bigint NOT NULL,
  -- null: it is open.
  decided_at  bigint,
  -- [{question, answer}]: right, wrong or skipped.
  answers     jsonb NOT NULL,
  taken_back  integer NOT NULL,
  CHECK ((outcome = 'open') = (decided_at IS NULL))
);
CREATE INDEX verification_attempts_call ON verification_attempts (call_key);
CREATE INDEX verification_attempts_customer ON verification_attempts (customer_id, decided_at);
