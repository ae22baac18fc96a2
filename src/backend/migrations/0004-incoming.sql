-- Calls of such a queue are answered without a press, after a tone.

ALTER TABLE queues ADD COLUMN auto_answer boolean NOT NULL DEFAULT false;

-- Direct calls are refused as busy until the agent says otherwise or signs in anew.

ALTER TABLE agent_standings ADD COLUMN do_not_disturb boolean NOT NULL DEFAULT false;
