-- Under which rules and in which words people are asked about recording, and what was said outside of a journal.

-- Every file of rules that was ever in force, by the version that it gives itself.
CREATE TABLE consent_rules (
  version text PRIMARY KEY,
  rules   jsonb NOT NULL
);

-- Which of them was in force since when; the last line counts.
CREATE TABLE consent_rules_log (
  position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    text NOT NULL REFERENCES consent_rules,
  applied_at bigint NOT NULL,
  -- A user's id; '': whoever may run commands on the server.
  applied_by text NOT NULL
);

-- The words of a version never change, whichever file has them.
CREATE TABLE consent_wordings (
  language text NOT NULL,
  version  text NOT NULL,
  ask      text NOT NULL,
  notice   text NOT NULL,
  PRIMARY KEY (language, version)
);

-- Where people work: ISO 3166-1 or 3166-2; null: as their team, that as the centre.
ALTER TABLE users ADD COLUMN place text;
ALTER TABLE teams ADD COLUMN place text;
-- ISO 3166-2, within the country of the record.
ALTER TABLE customers ADD COLUMN subdivision text NOT NULL DEFAULT '';

-- Consent facts that no desk wrote: of a key pressed at the PBX, and of a paper about no call in particular.
CREATE TABLE consent_facts (
  id          uuid PRIMARY KEY,
  contact_id  uuid REFERENCES contacts ON DELETE CASCADE,
  customer_id uuid REFERENCES customers ON DELETE CASCADE,
  -- Who entered it; null: the customer's own key.
  by_user     uuid REFERENCES users ON DELETE SET NULL,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, as in the table of events.
  fact        text NOT NULL,
  arrival     bigint GENERATED ALWAYS AS IDENTITY,
  CHECK (num_nonnulls(contact_id, customer_id) = 1)
);
CREATE INDEX consent_facts_contact ON consent_facts (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX consent_facts_customer ON consent_facts (customer_id) WHERE customer_id IS NOT NULL;

-- What was said for later calls as well: of the contact's customer, whoever that turns out to be, or of this one.
CREATE TABLE standing_choices (
  fact_id     uuid PRIMARY KEY,
  contact_id  uuid REFERENCES contacts ON DELETE CASCADE,
  customer_id uuid REFERENCES customers ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('granted', 'refused', 'withdrawn')),
  how         text NOT NULL,
  at          bigint NOT NULL,
  CHECK (num_nonnulls(contact_id, customer_id) = 1)
);
CREATE INDEX standing_choices_contact ON standing_choices (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX standing_choices_customer ON standing_choices (customer_id) WHERE customer_id IS NOT NULL;
