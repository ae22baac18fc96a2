const firstMs = 500;
const baseMs = 1_000;
const capMs = 15_000;

/**
 * How long to wait before try number `attempt` (0 is the first after a loss). Full jitter: phones that lost the PBX at
 * one instant come back spread over the window. `random` gives [0, 1).
 */
export const backOffMs = (attempt: number, random: () => number): number => {
  const windowMs = attempt <= 0 ? firstMs : Math.min(capMs, baseMs * 2 ** Math.min(attempt, 10));
  return Math.round(random() * windowMs);
};
