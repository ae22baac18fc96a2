-- Customers that other systems know by an id of their own, and the systems that may change them.

-- As the other system has it; empty: no other system knows the customer.
ALTER TABLE customers ADD COLUMN external_id text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX customers_external_id ON customers (external_id) WHERE external_id <> '';

CREATE TABLE directory_tokens (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  -- SHA-256: the token itself is random and is shown once.
  hash       bytea NOT NULL UNIQUE,
  scopes     text[] NOT NULL CHECK (scopes <@ ARRAY['directory:read', 'directory:write'] AND scopes <> '{}'),
  -- Who answers for what is done with it. Times are epoch ms.
  made_by    uuid NOT NULL REFERENCES users,
  made_at    bigint NOT NULL,
  used_at    bigint,
  revoked_at bigint
);
