-- A leg to a colleague for a customer's sake: no contact of its own, no wrap-up, no part in the day's figures.

ALTER TABLE legs ADD COLUMN is_consult boolean NOT NULL DEFAULT false;
