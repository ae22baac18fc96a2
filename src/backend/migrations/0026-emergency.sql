-- Calls for help, and where the people are who may have to make one.

-- Confirmed by the agent for a network: the same place is not asked for twice. What the network is nobody can read from
-- its name, a hash that each desk makes with a salt of its own.
CREATE TABLE emergency_addresses (
  agent_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  network      text NOT NULL,
  address      jsonb NOT NULL,
  -- Epoch ms.
  confirmed_at bigint NOT NULL,
  PRIMARY KEY (agent_id, network)
);

-- The network that the agent's desk is in, as it last said; null: none that can be told.
CREATE TABLE emergency_networks (
  agent_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  network  text,
  at       bigint NOT NULL
);

CREATE TABLE emergency_calls (
  call_key  text PRIMARY KEY,
  agent_id  uuid NOT NULL REFERENCES users,
  number    text NOT NULL,
  at        bigint NOT NULL,
  -- Where the agent was as far as it was known then; null: it was not.
  address   jsonb,
  -- Whether it was confirmed for the network of the call.
  confirmed boolean NOT NULL
);
CREATE INDEX emergency_calls_at ON emergency_calls (at);
