-- What is over is destroyed once it is older than the centre keeps it: found without reading all that is kept.
CREATE INDEX call_backs_old ON call_backs (over_at) WHERE over_at IS NOT NULL;
CREATE INDEX deeds_old ON deeds (greatest(made_at, done_at, failed_at)) WHERE state IN ('done', 'cancelled');
