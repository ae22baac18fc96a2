-- Time with a colleague while the customer is on hold is a segment of its own.

ALTER TABLE segments DROP CONSTRAINT segments_kind_check;
ALTER TABLE segments ADD CONSTRAINT segments_kind_check
  CHECK (kind IN ('ring', 'dial', 'talk', 'hold', 'consult', 'wrap_up'));

ALTER TABLE legs ADD COLUMN consult_ms bigint NOT NULL DEFAULT 0;
