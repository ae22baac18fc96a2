-- The chain: what must be provable later, line after line, each holding the hash of the one before and a signature.

CREATE TABLE chain_lines (
  -- From 1, without a gap.
  seq        bigint PRIMARY KEY,
  at         bigint NOT NULL,
  topic      text NOT NULL,
  -- No reference: the chain outlives what it tells of. null: no contact in particular.
  contact_id uuid,
  -- Canonical JSON as text: it is hashed to the letter. Ids and figures, never a name, a number or what was said.
  body       text NOT NULL,
  prev       bytea NOT NULL CHECK (length(prev) = 32),
  hash       bytea NOT NULL CHECK (length(hash) = 32),
  -- Ed25519 over the hash, and whose.
  signature  bytea NOT NULL CHECK (length(signature) = 64),
  key_id     text NOT NULL
);
CREATE INDEX chain_lines_contact ON chain_lines (contact_id, seq);

-- Where the next line goes: one row, which whoever appends holds until its transaction ends.
CREATE TABLE chain_head (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq    bigint NOT NULL,
  hash   bytea NOT NULL,
  key_id text NOT NULL
);
INSERT INTO chain_head (seq, hash, key_id) VALUES (0, decode(repeat('00', 32), 'hex'), '');

CREATE FUNCTION chain_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head chain_head;
  stray bigint;
BEGIN
  SELECT * INTO STRICT head FROM chain_head FOR UPDATE;
  SELECT seq INTO stray FROM (
    SELECT seq, prev, lag(seq, 1, head.seq) OVER chain AS seq_before, lag(hash, 1, head.hash) OVER chain AS hash_before
    FROM came WINDOW chain AS (ORDER BY seq)) line
    WHERE seq <> seq_before + 1 OR prev <> hash_before ORDER BY seq LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'line % does not follow the last line of the chain', stray;
  END IF;
  UPDATE chain_head SET (seq, hash, key_id) = (last.seq, last.hash, last.key_id)
    FROM (SELECT * FROM came ORDER BY seq DESC LIMIT 1) last;
  RETURN NULL;
END $$;
CREATE TRIGGER chain_goes_on AFTER INSERT ON chain_lines REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION chain_goes_on();

CREATE FUNCTION chain_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the chain is only ever added to';
END $$;
CREATE TRIGGER chain_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON chain_lines
  FOR EACH STATEMENT EXECUTE FUNCTION chain_is_final();
CREATE TRIGGER chain_head_stays BEFORE DELETE OR TRUNCATE ON chain_head
  FOR EACH STATEMENT EXECUTE FUNCTION chain_is_final();
