-- Accounts at other companies' systems, where customers are kept, and who somebody is there.

CREATE TABLE connections (
  id          uuid PRIMARY KEY,
  -- The folder of its connector.
  connector   text NOT NULL,
  name        text NOT NULL,
  -- JSON by field; secrets are not among them.
  settings    text NOT NULL,
  -- JSON, encrypted for this connection alone: secret fields, and tokens.
  secrets     bytea,
  tokens      bytea,
  -- JSON: what the account told of itself.
  facts       text NOT NULL DEFAULT '{}',
  account     text NOT NULL DEFAULT '',
  is_enabled  boolean NOT NULL,
  -- Calls are logged there by themselves.
  logs_calls  boolean NOT NULL,
  -- JSON: wrap-up code to the vendor's own value.
  dispositions text NOT NULL DEFAULT '{}',
  position    integer NOT NULL,
  changed_at  bigint NOT NULL,
  revision    integer NOT NULL DEFAULT 1,
  -- How it went lately.
  ok_at       bigint,
  failed_at   bigint,
  failure     text,
  failure_text text
);

-- An administrator who is signing in at the vendor at this moment.
CREATE TABLE connection_grants (
  -- SHA-256 of the state: whoever reads the table cannot come back with it.
  state_hash    text PRIMARY KEY,
  connection_id uuid NOT NULL REFERENCES connections ON DELETE CASCADE,
  user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  verifier      bytea NOT NULL,
  redirect_uri  text NOT NULL,
  expires_at    bigint NOT NULL
);

-- Whom an agent said that a number is.
CREATE TABLE connection_people (
  connection_id uuid NOT NULL REFERENCES connections ON DELETE CASCADE,
  number        text NOT NULL,
  person_type   text NOT NULL,
  person_id     text NOT NULL,
  confirmed_by  uuid REFERENCES users ON DELETE SET NULL,
  at            bigint NOT NULL,
  PRIMARY KEY (connection_id, number)
);
CREATE INDEX connection_people_number ON connection_people (number);

-- Who it was in a contact.
CREATE TABLE contact_people (
  contact_id    uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  connection_id uuid NOT NULL REFERENCES connections ON DELETE CASCADE,
  person_type   text NOT NULL,
  person_id     text NOT NULL,
  url           text NOT NULL,
  how           text NOT NULL CHECK (how IN ('exact', 'confirmed')),
  at            bigint NOT NULL,
  PRIMARY KEY (contact_id, connection_id)
);
