-- Queues whose callers are asked about recording by keypad before they wait, and in which language: `en`, `es`, `pt`, or
-- `customer` for the caller's own; null: they are not asked.

ALTER TABLE queues ADD COLUMN keypad_language text
  CHECK (keypad_language IN ('customer', 'en', 'es', 'pt'));
